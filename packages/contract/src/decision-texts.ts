import {
  publishingReasons,
  refusingReasons,
} from '@countersign/core/submissions/decisions/decision-reasons'

/** The texts that stand for the codes of reasons, by what they are the reason of. */
export const decisionTexts = { override: publishingReasons, reject: refusingReasons } as const
