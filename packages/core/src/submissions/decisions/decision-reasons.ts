/** Why people publish what a verdict stopped, in the same words each time. */
export const publishingReasons = {
  false_positive: 'What was found is not what it looks like: a person has read the place.',
  accepted_risk: 'The risk is known and accepted, for what the bundle is needed for.',
  reviewed_elsewhere: 'The bundle was reviewed elsewhere, and these are the same bytes.',
} as const

/** Why people refuse, and what whoever submitted it can do about that. */
export const refusingReasons = {
  harmful: 'The bundle acts against whoever installs it.',
  hidden_instructions: 'The bundle holds instructions that are not meant to be seen.',
  exposed_secret: 'The bundle holds a secret. Revoke it, remove it, and send the bundle again.',
  needless_capability:
    'The bundle can do more than what it is for. Remove that, and send it again.',
  misleading: 'The bundle does not do what its name and description say.',
  poor_quality: 'The bundle is not ready to be used by others yet. See the findings.',
  unclear_origin: 'It is not clear whose work this is, or whether it may be passed on.',
} as const

/** Why people decide: codes to count by, texts for the submitter to read. */
export const decisionReasons = { ...publishingReasons, ...refusingReasons } as const
