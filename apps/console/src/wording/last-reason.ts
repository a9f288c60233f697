import type { RemarkView, SubmissionView } from '@countersign/sdk'

/** A remark is written with its decision: what is much older belongs to one that came before. */
const apartMaxMs = 5_000

/** What the person gave as the reason who made the decision that stands; nothing of earlier ones. */
export function lastReason(
  { status, decided_at: at }: Pick<SubmissionView, 'status' | 'decided_at'>,
  thread: readonly Pick<RemarkView, 'verdict' | 'at' | 'text'>[],
): string | undefined {
  const since = at === null ? Number.POSITIVE_INFINITY : Date.parse(at) - apartMaxMs
  return thread.findLast((said) => said.verdict === status && Date.parse(said.at) >= since)?.text
}
