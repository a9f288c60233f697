import type { OpsView } from '@countersign/sdk'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { countersign } from '../session/client.ts'
import { useMe } from '../session/session.ts'
import { formatSpan, plural } from '../wording/numbers.ts'
import type { Tone } from '../wording/status-words.ts'

/** How the service is; read again by itself, because much of it is no event. */
export const opsQuery = queryOptions({
  queryKey: ['ops'],
  queryFn: () => countersign.admin.ops(),
  refetchInterval: 15_000,
})

/** What is wrong with the service, for those who can do something about it. Empty when nothing is. */
export function Strip() {
  const { isAdmin } = useMe()
  const { data } = useQuery({ ...opsQuery, enabled: isAdmin })
  const warnings = data ? listWarnings(data) : []
  return (
    <output className="strip">
      {warnings.map(({ text, tone }) => (
        <span key={text} data-tone={tone}>
          <TriangleAlert size={15} aria-hidden />
          {text}
        </span>
      ))}
    </output>
  )
}

const waitTargetMs = 10 * 60_000

function listWarnings(ops: OpsView): { text: string; tone: Tone }[] {
  const { queue, reviewer, workers, held } = ops
  const { oldest_held_ms: heldFor, held_target_ms: heldTarget } = ops
  const waiting = held > 0 ? ` ${plural(held, 'submission')} held.` : ''
  const oldest = queue.oldest_wait_ms ?? 0
  const found: [isSo: boolean, text: string, tone: Tone][] = [
    [queue.paused, `Reviews are paused by an admin.${waiting}`, 'amber'],
    [!reviewer.ready, `No reviewer: ${reviewer.reason ?? 'not configured'}${waiting}`, 'amber'],
    [workers.length === 0, 'No worker is running: nothing is being reviewed.', 'red'],
    [
      !queue.paused && oldest > waitTargetMs,
      `The oldest review has waited ${formatSpan(oldest)}.`,
      'amber',
    ],
    [
      heldTarget !== null && heldFor !== null && heldFor > heldTarget,
      `The oldest that waits for a person is ${formatSpan(heldFor ?? 0)} old (target ${formatSpan(heldTarget ?? 0)}).`,
      'amber',
    ],
  ]
  return found.filter(([isSo]) => isSo).map(([, text, tone]) => ({ text, tone }))
}
