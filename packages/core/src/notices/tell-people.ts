import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import { askDeciders } from './approvals/ask-deciders.ts'
import { tellOutcome } from './approvals/tell-outcome.ts'
import type { Notice } from './notice.ts'
import { tellSubmission } from './tell-submission.ts'
import type { Telling } from './telling.ts'

/** Longer than a try takes. One that died with its worker is made again after it. */
const leaseMs = 120_000
/** When what failed is tried again. */
const pausesMs = [10_000, 60_000, 300_000, 900_000]

export type TellingPorts = Pick<Ports, 'store' | 'channels' | 'monitor'>

/**
 * Tells people once of what is due, through every channel that is left, and settles what comes of it.
 * What went out is on record at once, so that another try sends only what did not.
 */
export async function tellPeople(
  ports: TellingPorts,
  due: { noticeId: Id; attempt: number },
  signal: AbortSignal,
): Promise<void> {
  const notice = await ports.store.notices.claim(due, leaseMs)
  if (!notice) return
  const telling = await tell(ports, notice, signal)
  const pauseMs = telling.hasFailed ? pausesMs[notice.attempts - 1] : undefined
  if (telling.isUrgent && !telling.hasReached) await warn(ports, notice, telling)
  if (pauseMs !== undefined) {
    await ports.store.notices.settle(notice, { status: 'pending', dueInMs: pauseMs })
  } else {
    await ports.store.notices.settle(notice, { status: statusOf(telling) })
  }
}

function tell(ports: TellingPorts, notice: Notice, signal: AbortSignal): Promise<Telling> {
  switch (notice.eventType) {
    case 'approval.requested':
    case 'approval.escalated':
      return askDeciders(ports, notice, signal)
    case 'approval.decided':
    case 'approval.expired':
      return tellOutcome(ports, notice, signal)
    default:
      return tellSubmission(ports, notice, signal)
  }
}

/** Nobody heard of what somebody has to decide, unless a webhook carries it. */
async function warn(
  { store, monitor }: TellingPorts,
  { eventId, eventType }: Notice,
  { about, errors }: Telling,
): Promise<void> {
  if (await store.notices.isDelivered(eventId)) return
  monitor.onNobodyTold({ about, eventType, errors })
}

function statusOf({ isNeedless, hasReached, isUrgent }: Telling) {
  if (isNeedless) return 'needless' as const
  return hasReached || !isUrgent ? ('told' as const) : ('untold' as const)
}
