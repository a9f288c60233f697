import type { EventType } from '../webhooks/event.ts'
import type { StageStatus } from './channels.ts'
import { composeSubmission } from './compose-submission.ts'
import { linkTo } from './link-to.ts'
import { mailPeople } from './mail-people.ts'
import type { Notice } from './notice.ts'
import { postToChat } from './post-to-chat.ts'
import type { TellingPorts } from './tell-people.ts'
import { tellTracker } from './tell-tracker.ts'
import { sumUp, type Telling } from './telling.ts'

const stageOf: Partial<Record<EventType, StageStatus>> = {
  'submission.created': 'started',
  'submission.held': 'waiting',
  'submission.approved': 'done',
  'submission.overridden': 'done',
  'submission.blocked': 'failed',
  'submission.rejected': 'failed',
  'submission.error': 'failed',
}

/** What an owner is written to about. */
const ownersHear: ReadonlySet<EventType> = new Set([
  'submission.approved',
  'submission.overridden',
  'submission.blocked',
  'submission.rejected',
  'submission.error',
  'entity.hidden',
])

/** What is told to be known, and not to be acted on. */
export const nobodyWaitsFor: readonly EventType[] = ['submission.created', ...ownersHear]

/** Tells admins of a submission that they have to decide, its owner what became of it, and the tracker. */
export async function tellSubmission(
  ports: TellingPorts,
  notice: Notice,
  signal: AbortSignal,
): Promise<Telling> {
  const { eventType, data } = notice
  const isUrgent = eventType === 'submission.held' && data.status === 'needs_human'
  const about = data.submission_id
    ? `submission:${String(data.submission_id)}`
    : `entity:${String(data.entity_id)}`
  const said = { notice, about }
  const outcomes = [
    ...(isUrgent ? await askAdmins(ports, said, signal) : []),
    ...(ownersHear.has(eventType) ? await tellOwner(ports, said, signal) : []),
    ...(await noteInTracker(ports, said, signal)),
  ]
  return sumUp(outcomes, { about, isUrgent })
}

interface Said {
  notice: Notice
  about: string
}

function askAdmins(ports: TellingPorts, { notice, about }: Said, signal: AbortSignal) {
  const { eventType, data } = notice
  const link = linkTo(ports.channels, `/console/submissions/${String(data.submission_id)}`)
  const compose = async () => composeSubmission(eventType, data, link)
  return postToChat(ports, { notice, about, shown: 0, compose }, signal)
}

async function tellOwner(ports: TellingPorts, { notice, about }: Said, signal: AbortSignal) {
  const { eventType, data, audienceId } = notice
  const owner = audienceId === null ? undefined : await ports.store.principals.find(audienceId)
  if (!owner?.email || owner.disabledAt) return []
  const link = linkTo(ports.channels, `/console/entities/${String(data.entity_id)}`)
  const to = [{ id: owner.id, email: owner.email }]
  const compose = async () => composeSubmission(eventType, data, link)
  return mailPeople(ports, { notice, about, to, compose }, signal)
}

async function noteInTracker(ports: TellingPorts, said: Said, signal: AbortSignal) {
  const { eventType, data } = said.notice
  const status = stageOf[eventType]
  if (!status || typeof data.entity_id !== 'string') return []
  const workItem = { externalId: data.entity_id }
  const note = `Version ${String(data.version_no)} of ${String(data.name)}: ${String(data.status)}.`
  return tellTracker(ports, said, { workItem, stage: 'review', status, note }, signal)
}
