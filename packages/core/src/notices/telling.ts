import type { ChannelOutcome } from './channels.ts'

/** What came of telling people of one thing. */
export interface Telling {
  /** `approval:<id>`, `submission:<id>` … */
  about: string
  /** Whether somebody has to decide something, and so has to hear of it. */
  isUrgent: boolean
  /** What it was about is over. */
  isNeedless?: boolean
  hasReached: boolean
  /** Whether another try may do better. */
  hasFailed: boolean
  errors: string[]
}

/** Draws the outcomes of several channels together. */
export function sumUp(
  outcomes: readonly ChannelOutcome[],
  { about, isUrgent }: Pick<Telling, 'about' | 'isUrgent'>,
): Telling {
  const failed = outcomes.filter((outcome) => outcome.kind === 'failed')
  return {
    about,
    isUrgent,
    hasReached: outcomes.some(({ kind }) => kind === 'sent'),
    hasFailed: failed.length > 0,
    errors: failed.map(({ error }) => error),
  }
}

/** There is nothing to tell any more. */
export function needless(about: string): Telling {
  return { ...sumUp([], { about, isUrgent: false }), isNeedless: true }
}
