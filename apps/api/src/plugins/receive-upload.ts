import { createHash, type Hash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { removeFile } from '@countersign/bundles/archive/remove-file'
import { explainNoRoom } from '@countersign/bundles/blobs/no-room'
import { codeOf } from '@countersign/core/code-of'
import { ServiceError } from '@countersign/core/errors'
import type { Upload } from '@countersign/core/ports'
import type { Config } from '@countersign/runtime/config'
import multipart, { type MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { invalid } from '../problem.ts'

/** A form that was sent with a file, which is kept until the response is out. */
export interface ReceivedForm {
  fields: Record<string, string>
  upload: (Upload & { sha256: string }) | undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    form: ReceivedForm | undefined
  }
}

/** The file of a form; whoever sent only its name, or a text in its place, is told so. */
export function requireUpload({ form }: Pick<FastifyRequest, 'form'>): Upload {
  if (form?.upload) return form.upload
  throw invalid([{ path: 'file', message: 'has to be sent as the file of a form' }])
}

export const uploadBytesMax = 50 * 1024 * 1024
/** What is no larger is kept in memory, where it takes up less than it costs to write and to read it. */
const smallBytesMax = 256 * 1024

/** By then an upload that is in hand may well be done with. */
const retryAfterS = 5

/**
 * Streams the file of a multipart request to disk as it comes, so that memory does not grow with it;
 * a small one is not worth a file.
 *
 * So many are in hand at once, from the first byte to the answer. Another one is told to come again
 * before any of it is read: what waited here for longer than its client does would be done for nobody.
 */
export async function receiveUploads(
  app: FastifyInstance,
  { scratchDir, config }: { scratchDir: string; config: Pick<Config, 'UPLOADS_MAX'> },
) {
  await mkdir(scratchDir, { recursive: true })
  await app.register(multipart, {
    limits: { fileSize: uploadBytesMax, files: 1, fields: 20, fieldSize: 64 * 1024, parts: 30 },
  })
  app.decorateRequest('form')
  let inHand = 0

  app.addHook('preValidation', async (request, reply) => {
    if (!request.isMultipart()) return
    if (!takesForm(request)) throw new ServiceError('invalid_json')
    // Whoever is gone already gives no place back: the end of their line was told before anybody heard.
    if (reply.raw.destroyed) throw brokenOff()
    if (inHand >= config.UPLOADS_MAX) throw busy()
    inHand += 1
    reply.raw.once('close', () => {
      inHand -= 1
    })
    request.form = await receive(request, scratchDir)
    // Handlers read the form; to a schema the body is its fields, with the file's name for the file.
    const { fields, upload } = request.form
    request.body = upload ? { ...fields, file: upload.fileName } : fields
  })
  app.addHook('onResponse', discard)
  app.addHook('onRequestAbort', discard)
}

/** Whether a route reads forms. Where none does, nobody can send one just to fill the disk. */
function takesForm({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.schema?.consumes?.includes('multipart/form-data') ?? false
}

function busy(): ServiceError {
  const detail = `More bundles came than can be checked at once. Try again in ${retryAfterS} seconds.`
  return new ServiceError('unavailable', { detail, members: { retry_after_s: retryAfterS } })
}

async function discard({ form }: Pick<FastifyRequest, 'form'>): Promise<void> {
  if (form?.upload) await release(form.upload)
}

/** Where the bytes of an upload are. */
type Kept = { bytes: Uint8Array } | { path: string }

async function release(kept: Kept): Promise<void> {
  if ('path' in kept) await removeFile(kept.path)
}

async function receive(request: FastifyRequest, scratchDir: string): Promise<ReceivedForm> {
  const form: ReceivedForm = { fields: {}, upload: undefined }
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') form.upload = await store(part, scratchDir)
      else if (typeof part.value === 'string') form.fields[part.fieldname] = part.value
    }
    return form
  } catch (error) {
    await discard({ form })
    throw explain(error)
  }
}

/** What the form or our disk says by itself is told as it is; anything else is the line's doing. */
function explain(error: unknown): unknown {
  if (codeOf(error) === 'FST_FILES_LIMIT') {
    return invalid([{ path: 'file', message: 'is sent more than once' }])
  }
  const cause = explainNoRoom(error)
  return isKnown(cause) ? cause : brokenOff(cause)
}

function brokenOff(cause?: unknown): ServiceError {
  const members = { reason: 'zip_invalid' }
  return new ServiceError('invalid_bundle', { detail: 'The upload broke off.', members, cause })
}

async function store(part: MultipartFile, scratchDir: string) {
  if (part.fieldname !== 'file') {
    part.file.resume()
    throw new ServiceError('validation_failed', {
      detail: `The file belongs in the field "file", not "${part.fieldname}".`,
      members: { errors: [{ path: part.fieldname, message: 'is not a file field' }] },
    })
  }
  const hash = createHash('sha256')
  const chunks = hashed(part.file, hash)
  const head = await takeHead(chunks)
  const kept: Kept = head.isAll
    ? { bytes: head.bytes }
    : await spill(head.bytes, chunks, scratchDir)
  if (part.file.truncated) {
    await release(kept)
    throw new ServiceError('too_large')
  }
  return { ...kept, fileName: part.filename, sha256: hash.digest('hex') }
}

async function* hashed(file: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of file) {
    hash.update(chunk)
    yield chunk
  }
}

/** The beginning of a file, and whether that is all of it. The rest can still be read. */
async function takeHead(
  chunks: AsyncGenerator<Buffer>,
): Promise<{ bytes: Buffer; isAll: boolean }> {
  const taken: Buffer[] = []
  let size = 0
  while (size <= smallBytesMax) {
    const { done, value } = await chunks.next()
    if (done) return { bytes: Buffer.concat(taken, size), isAll: true }
    taken.push(value)
    size += value.length
  }
  return { bytes: Buffer.concat(taken, size), isAll: false }
}

async function spill(head: Buffer, rest: AsyncGenerator<Buffer>, scratchDir: string) {
  const path = join(scratchDir, randomUUID())
  const whole = async function* () {
    yield head
    yield* rest
  }
  try {
    await pipeline(whole, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  } catch (error) {
    await removeFile(path)
    throw error
  }
  return { path }
}

/** Whether a failure says by itself what was wrong with the form. */
function isKnown(error: unknown): boolean {
  return error instanceof ServiceError || codeOf(error).startsWith('FST_')
}
