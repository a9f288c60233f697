import type { FindingView, SubmissionView } from '@countersign/sdk'
import { type Tone, wordOf } from './status-words.ts'

/** What a submission is told to be: what happened, why, and who acts next. */
export interface StateStory {
  word: string
  tone: Tone
  what: string
  why: string
  next: string
}

/** What the story is told from. `reason` is what the last person to decide gave for it. */
export type Subject = Pick<
  SubmissionView,
  | 'status'
  | 'hold_reason'
  | 'version_no'
  | 'entity_version_no'
  | 'checks'
  | 'review'
  | 'override'
  | 'capability_delta'
> & {
  reason?: string | undefined
  /** Whether it is told to whoever submitted it. */
  isMine?: boolean
}

type Tell = (subject: Subject) => Pick<StateStory, 'what' | 'why' | 'next'>

/** Tells the state of a submission in plain words. */
export function describeState(subject: Subject): StateStory {
  const story = { ...wordOf(subject), ...stories[subject.status](subject) }
  return isOvertaken(subject)
    ? { ...story, next: `Nobody has to do anything. ${serving(subject)}` }
    : story
}

const failed: ReadonlySet<Subject['status']> = new Set([
  'blocked_inline',
  'blocked_llm',
  'review_error',
  'rejected',
])

/** Whether it came to nothing, and a later version is served by now: it asks nothing of anybody. */
function isOvertaken({ status, version_no: n, entity_version_no: live }: Subject): boolean {
  return failed.has(status) && live !== null && live > n
}

const stories: Readonly<Record<Subject['status'], Tell>> = {
  pending_llm: tellPending,
  needs_human: tellNeedsHuman,
  approved: (subject) => ({
    what: `Version ${subject.version_no} was approved${isLive(subject) ? ' and is live' : ''}.`,
    why: subject.reason
      ? `A person approved it: ${quote(subject.reason)}`
      : (wordsOfModel(subject) ?? 'Its checks passed, and no model review is required here.'),
    next: isLive(subject)
      ? 'Nobody has to do anything. Installers are served this version.'
      : `Nobody has to do anything. ${serving(subject)}`,
  }),
  blocked_inline: (subject) => ({
    what: `The checks blocked version ${subject.version_no} before any model read it.`,
    why: worstOfChecks(subject),
    next: `${submitterActs(subject)}: fix what was found and send it again. ${serving(subject)}`,
  }),
  blocked_llm: (subject) => ({
    what: `The reviewer model blocked version ${subject.version_no}.`,
    why: wordsOfModel(subject) ?? 'It found a risk that stops a bundle.',
    next: `${submitterActs(subject)}: fix what was found and send it again. ${serving(subject)}`,
  }),
  review_error: (subject) => ({
    what: `The review of version ${subject.version_no} ended without a verdict.`,
    why: subject.review?.error ?? 'The reviewer gave no usable answer.',
    next: `An admin acts next: ask the model again, or decide by hand. ${serving(subject)}`,
  }),
  overridden: (subject) => ({
    what: `An admin published version ${subject.version_no} against its verdict.`,
    why: subject.override
      ? `The reason given: ${quote(subject.override.reason)}`
      : 'A reason is on record.',
    next: `Nobody has to do anything. ${serving(subject)}`,
  }),
  rejected: (subject) => ({
    what: `An admin rejected version ${subject.version_no}.`,
    why: subject.reason ? `The reason given: ${quote(subject.reason)}` : 'They gave no reason.',
    next: `${submitterActs(subject)}: change it and send it again. ${serving(subject)}`,
  }),
  withdrawn: (subject) => ({
    what: `The owner took version ${subject.version_no} back.`,
    why: 'It was withdrawn before anybody decided.',
    next: `Nobody has to do anything. ${serving(subject)}`,
  }),
  deleted: (subject) => ({
    what: `Version ${subject.version_no} was deleted.`,
    why: 'An admin removed it after an approval to do so.',
    next: 'Nobody has to do anything.',
  }),
}

function tellPending(subject: Subject): ReturnType<Tell> {
  const { what, why, next } = holds[subject.hold_reason ?? 'none'] ?? holds.none
  return { what: what(subject.version_no), why, next: `${next} ${serving(subject)}` }
}

/** While the review is not over: what it waits for. */
const holds = {
  none: {
    what: (n: number) => `Version ${n} passed the checks and is being reviewed.`,
    why: 'The reviewer model reads every file before anything is served.',
    next: 'The reviewer acts next; this takes a minute or so.',
  },
  rate_limited: {
    what: (n: number) => `Version ${n} waits for its turn with the model.`,
    why: 'The model’s provider asked everybody to slow down.',
    next: 'The reviewer goes on by itself as soon as it may.',
  },
  provider_not_ready: {
    what: (n: number) => `Version ${n} is held: there is no reviewer to ask.`,
    why: 'The model’s key is missing or was refused. Nothing is approved without a review.',
    next: 'An operator acts next: set the key, then retry.',
  },
  paused: {
    what: (n: number) => `Version ${n} is held: reviews are paused.`,
    why: 'An admin paused the reviewer.',
    next: 'An operator acts next: resume reviews.',
  },
  budget: {
    what: (n: number) => `Version ${n} is held: today’s budget is spent.`,
    why: 'The daily budget for the model is reached.',
    next: 'It goes on by itself when the budget allows; an operator can raise it.',
  },
  coverage: {
    what: (n: number) => `Version ${n} is held: not all of it could be read.`,
    why: 'Some bytes were in no prompt.',
    next: 'An admin acts next.',
  },
  policy: {
    what: (n: number) => `Version ${n} is held by policy.`,
    why: 'The policy wants a person to look.',
    next: 'An admin acts next.',
  },
} as const

function tellNeedsHuman(subject: Subject): ReturnType<Tell> {
  const isCoverage = subject.hold_reason === 'coverage'
  return {
    what: `Version ${subject.version_no} was reviewed and needs a person to decide.`,
    why: isCoverage
      ? `The model could not read all of it: ${unreadFiles(subject)}.`
      : `${wordsOfModel(subject) ?? 'The model found nothing that stops it.'} ${policyWhy(subject)}`,
    next: `An admin other than the submitter acts next: approve or reject. ${serving(subject)}`,
  }
}

function policyWhy({ capability_delta: delta, checks }: Subject): string {
  const gained = Object.entries(delta)
    .filter(([, change]) => change && change.added.length > 0)
    .map(([name]) => name)
  if (openFindings(checks, 'human').length > 0) return 'A static finding asks for a person.'
  return gained.length > 0
    ? `Policy wants a person to look at what it can do: ${gained.join(', ')}.`
    : 'Policy wants a person to look.'
}

function unreadFiles({ review }: Subject): string {
  const unread = review?.coverage.files.filter(({ bytes, covered }) => covered < bytes) ?? []
  const [first, ...others] = unread.map(({ path }) => path)
  if (!first) return 'some files were left unread'
  return others.length > 0
    ? `${first} and ${others.length} more were not read`
    : `${first} was not read`
}

/** The first thing that stopped it, for those who read no further. */
function worstOfChecks({ checks }: Subject): string {
  const blocking = openFindings(checks, 'block')
  const [first] = blocking
  if (!first) return 'A check failed.'
  const place = first.file ? ` (${first.file}${first.line ? `:${first.line}` : ''})` : ''
  const more = blocking.length > 1 ? ` And ${blocking.length - 1} more.` : ''
  return `${first.message}${place}${more}`
}

/** What the checks found that does something: what is suppressed stops nothing. */
function openFindings(checks: Subject['checks'], tier: FindingView['tier']): FindingView[] {
  const findings = Object.values(checks).flatMap((check) => check.findings)
  return findings.filter((finding) => finding.tier === tier && finding.suppressed_by === null)
}

/** The first line of what a person wrote; the rest of it is in the thread. */
function quote(text: string): string {
  const [first = '', ...rest] = text.split('\n')
  return rest.length > 0 ? `“${first} …”` : `“${first}”`
}

/** What the model wrote, marked as its words: they are about a text that may have talked to it. */
function wordsOfModel({ review }: Subject): string | undefined {
  return review?.summary ? `The model says: “${review.summary}”` : undefined
}

function submitterActs({ isMine }: Subject): string {
  return isMine ? 'You act next' : 'The submitter acts next'
}

function isLive({ version_no: n, entity_version_no: live }: Subject): boolean {
  return n === live
}

/** What installers get meanwhile: the fact that everybody asks for. */
function serving({ version_no: n, entity_version_no: live }: Subject): string {
  if (live === null) return 'Nothing is served.'
  if (live === n) return 'Installers are served this version.'
  return `Installers are served version ${live}.`
}
