import type { SubmissionView } from '@countersign/sdk'
import type { Status } from '../../../wording/status-words.ts'

/**
 * Why a decision is not offered for what is selected; `undefined` if it is. To approve, one has to have
 * looked at each: only where all have the same bytes, to have read one is to have read them all.
 */
export function whyNotForMany(
  { key, from }: { key: string; from: readonly Status[] },
  selected: readonly Pick<SubmissionView, 'status' | 'content_hash'>[],
): string | undefined {
  const fitting = selected.filter(({ status }) => from.includes(status))
  if (fitting.length === 0) return 'None of them is in a status that allows it.'
  if (key !== 'approve') return undefined
  const hashes = new Set(selected.map(({ content_hash: hash }) => hash))
  return fitting.length === selected.length && selected.length > 1 && hashes.size === 1
    ? undefined
    : 'Only several that wait for a person and have the same bytes can be approved at once.'
}
