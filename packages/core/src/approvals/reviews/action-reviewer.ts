import type { Answer, ReviewModel, ReviewPrompt } from '../../reviews/reviewer.ts'
import type { ActionAssessment } from './approval-review.ts'

/** The model that judges single actions. */
export interface ActionReviewer extends Pick<ReviewModel, 'model' | 'isReady'> {
  /** Asks once. Throws a `ReviewerFailure` where there is no usable answer; never gives half of one. */
  ask(prompt: ReviewPrompt, signal: AbortSignal): Promise<ActionAnswer>
}

export type ActionAnswer = Omit<Answer, 'assessment'> & { assessment: ActionAssessment }
