import { Id } from '@countersign/core/ids'
import type { TimelineEntry } from '@countersign/core/reads'
import { DecisionReason } from '@countersign/core/submissions/decisions/decision-reason'
import { z } from 'zod'
import { Moment, viewMoment } from './page.ts'

const verdicts = ['approved', 'rejected', 'overridden'] as const

/** What a person said: the reason of a decision, a message, or a note that only admins read. */
export const RemarkView = z
  .object({
    id: Id,
    at: Moment,
    by: z.string().describe('The id of who said it.'),
    kind: z.enum(['decision', 'message', 'note']),
    verdict: z.enum(verdicts).nullable().describe('What was decided; null if nothing was.'),
    reason_code: DecisionReason.nullable().describe('The kind of reason, if one was given.'),
    file: z.string().nullable().describe('What it is about, where it is about a place.'),
    line: z.int().nullable(),
    text: z.string(),
  })
  .meta({ id: 'Remark' })
export type RemarkView = z.infer<typeof RemarkView>

/** The thread of reasons and messages, oldest first. */
export const ThreadView = z.array(RemarkView)

/** The thread, as the reply to what was just said in it. */
export const ThreadPage = z.object({ items: ThreadView })
export type ThreadPage = z.infer<typeof ThreadPage>

const saidShape = {
  text: z.string().trim().min(1).max(4000),
  file: z.string().max(1024).optional().describe('What it is about, where it is about a place.'),
  line: z.int().min(1).optional(),
}
export const CommentBody = z.strictObject(saidShape)
export type CommentBody = z.input<typeof CommentBody>
export const AdminCommentBody = z.strictObject({
  ...saidShape,
  audience: z
    .enum(['submitter', 'admins'])
    .default('submitter')
    .describe('Who reads it: the submitter and admins, or admins alone.'),
})
export type AdminCommentBody = z.input<typeof AdminCommentBody>

/** Everything that people said about a submission; what else happened is not in it. */
export function viewThread(
  timeline: readonly TimelineEntry[],
  { withNotes }: { withNotes: boolean },
): RemarkView[] {
  return timeline.flatMap((entry) => {
    const act = readAct(entry.action)
    const text = readText(entry)
    if (!act || text === undefined || (act.kind === 'note' && !withNotes)) return []
    const { id, at, actor, params } = entry
    const code = DecisionReason.safeParse(params.reason_code).data ?? null
    const place = { ...nowhere, ...Place.safeParse(params).data }
    return [{ ...act, ...place, id, at: viewMoment(at), by: actor.id, reason_code: code, text }]
  })
}

const nowhere = { file: null, line: null }
const Place = z.object({ file: z.string(), line: z.int().nullable().default(null) })

function readAct(action: string): Pick<RemarkView, 'kind' | 'verdict'> | undefined {
  if (action === 'store.submission.commented') return { kind: 'message', verdict: null }
  if (action === 'store.submission.noted') return { kind: 'note', verdict: null }
  const verdict = verdicts.find((one) => action === `store.submission.${one}`)
  return verdict && { kind: 'decision', verdict }
}

/** The words of a person; what the service records of itself is none. */
function readText({ actor, params }: TimelineEntry): string | undefined {
  const text = params.comment ?? params.reason
  return actor.kind !== 'system' && typeof text === 'string' && text !== '' ? text : undefined
}
