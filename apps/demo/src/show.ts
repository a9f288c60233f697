import { openAsBlob } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { packTree } from '@countersign/bundles/intake/pack-tree'
import { sortTree } from '@countersign/bundles/intake/sort-tree'
import { type Client, CountersignError, type SubmissionView } from '@countersign/sdk'
import { description, type Exhibit } from './bundles.ts'

/** What became of one bundle. */
export interface Shown {
  entityId: string
  lines: string[]
}

/** Sends a bundle, as a new entity or as an edit of one, and waits for what becomes of it. */
export async function show(
  client: Client,
  { exhibit, dir, editOf }: { exhibit: Exhibit; dir: string; editOf?: string },
): Promise<Shown> {
  const file = await pack(exhibit, dir)
  const fileName = `${exhibit.name}.zip`
  try {
    const sent = editOf
      ? await client.store.edit(editOf, { file, fileName })
      : await client.store.submit({
          file,
          fileName,
          type: 'skill',
          name: exhibit.name,
          description,
        })
    if (!sent.submission) throw new Error('The service opened no submission.')
    const settled = await untilSettled(client, sent.id, sent.submission.id)
    return {
      entityId: sent.id,
      lines: [...describe(settled), ...(await describeServed(client, sent.id))],
    }
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code !== 'submission_blocked') throw error
    const { entity_id: entityId, detail } = error.problem
    return {
      entityId: String(entityId),
      lines: ['blocked_inline: a check stopped it before any model was asked', `  ${detail}`],
    }
  }
}

async function pack({ files, name }: Exhibit, dir: string): Promise<Blob> {
  const path = join(dir, `${name}-${Date.now()}.zip`)
  const tree = Object.entries(files).map(([path, text]) => {
    const bytes = new TextEncoder().encode(text)
    return { path, size: bytes.length, isExecutable: path.endsWith('.sh'), read: async () => bytes }
  })
  await packTree(sortTree(tree), path)
  return openAsBlob(path)
}

async function untilSettled(client: Client, entityId: string, id: string): Promise<SubmissionView> {
  for (;;) {
    await client.store.status(entityId, { wait: 10, submission_id: id })
    const submission = await client.store.submission(id)
    if (submission.status !== 'pending_llm') return submission
    await sleep(200)
  }
}

function describe({ status, review, waiting_on: waitingOn }: SubmissionView): string[] {
  const read = review ? `${review.coverage.covered} of ${review.coverage.bytes} bytes read` : ''
  return [
    `${status}${waitingOn ? `, waiting on: ${waitingOn}` : ''}${read ? ` (${read})` : ''}`,
    ...(review?.findings ?? []).map(({ rule_id: rule, message }) => `  ${rule}: ${message}`),
  ]
}

async function describeServed(client: Client, id: string): Promise<string[]> {
  const { version_no: live } = await client.store.get(id)
  return [live === null ? '  nothing is served of it' : `  version ${live} is served`]
}
