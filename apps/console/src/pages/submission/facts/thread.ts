import type { AdminSubmissionView } from '@countersign/sdk'

type Entry = AdminSubmissionView['timeline'][number]

/** What somebody said when they decided. */
export interface Said {
  id: string
  at: string
  actorId: string
  action: string
  text: string
}

/** Everything that was said about it, oldest first. */
export function listThread(timeline: readonly Entry[]): Said[] {
  return timeline
    .flatMap((entry): Said[] => {
      const text = textOf(entry)
      const { id, at, actor, action } = entry
      return text ? [{ id, at, actorId: actor.id, action, text }] : []
    })
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
}

/** What the last person to decide gave as the reason. */
export function lastReason(timeline: readonly Entry[] | undefined): string | undefined {
  return listThread(timeline ?? []).at(-1)?.text
}

function textOf({ action, params }: Entry): string | undefined {
  if (!action.startsWith('store.submission.')) return undefined
  const { reason, comment } = params
  const isByPerson = /\.(approved|rejected|overridden)$/.test(action)
  const text = isByPerson ? (comment ?? reason) : undefined
  return typeof text === 'string' && text !== '' ? text : undefined
}
