import type { EventType } from '../webhooks/event.ts'
import type { Message } from './message.ts'

/** What the title says of a submission, or of the entity that it was for. */
const titles: Partial<Record<EventType, string>> = {
  'submission.held': 'A person has to decide',
  'submission.approved': 'Approved',
  'submission.overridden': 'Approved by an admin',
  'submission.blocked': 'Blocked',
  'submission.rejected': 'Rejected',
  'submission.error': 'The review failed',
  'entity.hidden': 'Taken out of service',
}

/** What people read about a submission, or about an entity that was taken out of service. */
export function composeSubmission(
  eventType: EventType,
  data: Readonly<Record<string, unknown>>,
  link: string | null,
): Message {
  const facts = [
    { label: 'Name', value: textOf(data.name) },
    { label: 'Type', value: textOf(data.type) },
    { label: 'Version', value: textOf(data.version_no) },
    { label: 'Status', value: textOf(data.status) },
    { label: 'Submission', value: textOf(data.submission_id) },
  ].filter(({ value }) => value !== '')
  return {
    title: `${titles[eventType] ?? eventType}: ${textOf(data.name) || textOf(data.entity_id)}`,
    facts,
    footing: eventType === 'submission.held' ? 'Its review left a question open.' : '',
    link,
    answerToken: null,
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
