import type { ActionAssessment, Authorization, Outcome, Risk } from './approval-review.ts'

/** From the most permissive to the strictest. */
const byStrictness: readonly Outcome[] = ['allow', 'escalate', 'deny']

type Row = Readonly<Record<Authorization, Outcome>>

/** How far risk and authorization go together. Only what can be undone is allowed at high risk. */
const table: Readonly<Record<Risk, Row>> = {
  low: { unknown: 'allow', low: 'allow', medium: 'allow', high: 'allow' },
  medium: { unknown: 'escalate', low: 'allow', medium: 'allow', high: 'allow' },
  high: { unknown: 'deny', low: 'escalate', medium: 'escalate', high: 'allow' },
  critical: { unknown: 'deny', low: 'deny', medium: 'escalate', high: 'escalate' },
}

/**
 * What an assessment leads to. The table decides; the model's own outcome only ever makes it stricter,
 * and so does whatever it could not see or was meant not to.
 */
export function decideOutcome(
  assessment: ActionAssessment,
  { isTruncated }: { isTruncated: boolean },
): Outcome {
  const { risk, authorization, reversible, outcome } = assessment
  const byTable = table[risk][authorization]
  const isFinal = risk === 'high' && !reversible
  return strictest(
    outcome,
    byTable === 'allow' && isFinal ? 'escalate' : byTable,
    isTruncated ? 'escalate' : 'allow',
    assessment.injection_suspected ? 'deny' : 'allow',
  )
}

function strictest(...outcomes: Outcome[]): Outcome {
  const ranks = outcomes.map((outcome) => byStrictness.indexOf(outcome))
  return byStrictness[Math.max(...ranks)] ?? 'deny'
}
