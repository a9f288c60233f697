import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { capabilityNames } from '@countersign/core/capabilities/capabilities'
import multipart from '@fastify/multipart'
import { Queue } from 'bullmq'
import fastify from 'fastify'
import { Redis } from 'ioredis'
import postgres from 'postgres'

// The least that a service could do with a bundle: take the form, inflate and hash every file, keep
// the upload, write the rows that we write in one transaction, enqueue once, answer. It checks nothing,
// reads nothing beforehand, and does not force the upload to the disk; the commit it does.

const inflate = promisify(inflateRaw)
const { DATABASE_URL = '', REDIS_URL = '', DATA_DIR = '' } = process.env
const sql = postgres(DATABASE_URL, { max: 10 })
const queue = new Queue('bare', {
  connection: new Redis(REDIS_URL, { maxRetriesPerRequest: null }),
})
await mkdir(join(DATA_DIR, 'blobs'), { recursive: true })

const app = fastify()
await app.register(multipart, { limits: { fileSize: 50 << 20 } })

app.post('/api/store/entities', async (request, reply) => {
  const path = join(DATA_DIR, randomUUID())
  for await (const part of request.parts()) {
    if (part.type === 'file') await pipeline(part.file, createWriteStream(path))
  }
  const { hash, files } = await hashArchive(path)
  await rename(path, join(DATA_DIR, 'blobs', hash))
  const ids = await writeRows(hash, files)
  await queue.add('review', { id: ids.submission }, { jobId: `${ids.submission}-1` })
  return reply.code(201).send({ id: ids.entity, submission: { id: ids.submission } })
})

app.addHook('onClose', () => rm(DATA_DIR, { recursive: true, force: true }))
const url = await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`listens on ${url}\n`)

type Inventory = { path: string; size: number; sha256: string; isExecutable: false; kind: 'text' }[]

/** The inventory of an archive, each file of which is inflated and hashed once, and a hash over all. */
async function hashArchive(path: string): Promise<{ hash: string; files: Inventory }> {
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream(path)) chunks.push(chunk)
  const archive = Buffer.concat(chunks)
  const files: Inventory = []
  for (let at = 0; archive.readUInt32LE(at) === 0x04034b50; ) {
    const [packedSize, name] = [archive.readUInt32LE(at + 18), archive.readUInt16LE(at + 26)]
    const start = at + 30 + name + archive.readUInt16LE(at + 28)
    const bytes = await inflate(archive.subarray(start, start + packedSize))
    const file = archive.toString('utf8', at + 30, at + 30 + name)
    const kept = { isExecutable: false, kind: 'text' } as const
    files.push({ path: file, size: bytes.length, sha256: digest(bytes), ...kept })
    at = start + packedSize
  }
  return { hash: digest(files.map(({ sha256 }) => sha256).join('')), files }
}

function digest(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

const checks = { manifest: 'pass', static_security: 'pass', content: 'pass', quality: 'warn' }
const capabilities = Object.fromEntries(capabilityNames.map((name) => [name, []]))

/** The rows of a first submission with one finding: ten, in the order in which the service writes them. */
async function writeRows(
  hash: string,
  files: Inventory,
): Promise<{ entity: string; submission: string }> {
  const [entity, submission, slug] = [randomUUID(), randomUUID(), `bare-${hash}`]
  await sql.begin((tx) => [
    tx`insert into blobs (hash) values (${hash}) on conflict do nothing`,
    tx`insert into entities (id, type, owner_id, name, slug, description, highest_n)
      select ${entity}, 'skill', id, 'bare', ${slug}, 'Bare.', 1 from principals limit 1`,
    tx`insert into slug_claims (slug, entity_id, is_current) values (${slug}, ${entity}, true)`,
    tx`insert into versions (entity_id, n, content_hash, created_by)
      select ${entity}, 1, ${hash}, id from principals limit 1`,
    tx`insert into renditions (entity_id, n, slug, hash, size, files)
      values (${entity}, 1, ${slug}, ${hash}, 1, ${sql.json(files)})`,
    tx`insert into submissions (id, entity_id, n, status, due_at, submitter_id, slug, version_hash,
        file_size, checks, capabilities, capability_delta, policy_version)
      select ${submission}, ${entity}, 1, 'pending_llm', now(), id, ${slug}, ${hash}, 1, ${sql.json(checks)},
        ${sql.json(capabilities)}, '{}', 'bare' from principals limit 1`,
    tx`insert into findings (submission_id, attempt, ordinal, stage, rule_id, tier, severity,
        confidence, category, fingerprint, file, message, fix_hint)
      values (${submission}, 1, 0, 'quality', 'BARE-1', 'annotate', 'info', 1, 'bare', ${hash},
        'SKILL.md', 'license: is missing', 'Add a license.')`,
    tx`insert into audit_entries (id, actor_id, actor_kind, action, resource)
      values (${randomUUID()}, 'bare', 'user', 'store.entity.create', ${`entity:${entity}`}),
        (${randomUUID()}, 'bare', 'user', 'store.submission.accepted', ${`submission:${submission}`})`,
    tx`insert into events (id, type, data)
      values (${randomUUID()}, 'submission.created', ${sql.json({ submission_id: submission })})`,
  ])
  return { entity, submission }
}
