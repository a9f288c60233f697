import {
  type ActionAssessment,
  Authorization,
  Outcome,
  Risk,
} from '@countersign/core/approvals/reviews/approval-review'
import { decideOutcome } from '@countersign/core/approvals/reviews/decide-outcome'
import { parseActionAnswer } from '@countersign/core/approvals/reviews/parse-action-answer'
import { tripsBreaker } from '@countersign/core/approvals/reviews/trips-breaker'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const strictness = ['allow', 'escalate', 'deny']
const rank = (outcome: Outcome) => strictness.indexOf(outcome)

const sound: ActionAssessment = {
  risk: 'low',
  authorization: 'high',
  injection_suspected: false,
  reversible: true,
  outcome: 'allow',
  rationale: 'It only reads.',
}

const assessment = fc.record({
  risk: fc.constantFrom(...Risk.options),
  authorization: fc.constantFrom(...Authorization.options),
  injection_suspected: fc.boolean(),
  reversible: fc.boolean(),
  outcome: fc.constantFrom(...Outcome.options),
  rationale: fc.string(),
})

test('the outcome is never more permissive than the model’s own', () => {
  fc.assert(
    fc.property(assessment, fc.boolean(), (given, isTruncated) => {
      const outcome = decideOutcome(given, { isTruncated })
      expect(rank(outcome)).toBeGreaterThanOrEqual(rank(given.outcome))
    }),
  )
})

test('nothing critical, injected or only half seen is ever allowed', () => {
  fc.assert(
    fc.property(assessment, fc.boolean(), (given, isTruncated) => {
      fc.pre(given.risk === 'critical' || given.injection_suspected || isTruncated)
      expect(decideOutcome(given, { isTruncated })).not.toBe('allow')
    }),
  )
})

test.each([
  ['low', 'unknown', 'allow'],
  ['medium', 'unknown', 'escalate'],
  ['medium', 'low', 'allow'],
  ['high', 'unknown', 'deny'],
  ['high', 'medium', 'escalate'],
  ['high', 'high', 'allow'],
  ['critical', 'low', 'deny'],
  ['critical', 'high', 'escalate'],
] as const)('risk %s with authorization %s leads to %s', (risk, authorization, outcome) => {
  const given = { ...sound, risk, authorization }
  expect(decideOutcome(given, { isTruncated: false })).toBe(outcome)
})

test('at high risk only what can be undone is allowed', () => {
  const given = { ...sound, risk: 'high', reversible: false } as const
  expect(decideOutcome(given, { isTruncated: false })).toBe('escalate')
})

test('an answer counts only whole, in the known words and with its receipt', () => {
  const whole = { ...sound, receipt: 'r' }
  expect(parseActionAnswer(whole, 'r')).toEqual({ assessment: sound })
  expect(parseActionAnswer(JSON.stringify(whole), 'r')).toEqual({ assessment: sound })
  const { risk: _, ...half } = whole
  const twice = JSON.stringify(whole).replace('{', '{"risk":"critical",')
  const texts = ['not JSON', '[]', twice]
  const none = [half, { ...whole, risk: 'none' }, { ...whole, receipt: 'x' }, ...texts]
  for (const given of none) expect(parseActionAnswer(given, 'r')).toHaveProperty('problem')
})

test('what the model says for itself is fit to be shown and kept', () => {
  const given = {
    ...sound,
    rationale: ' It \u{1b}[31mreads\0 a\u{202e} file.\ud800\n',
    receipt: 'r',
  }
  const assessment = { ...sound, rationale: 'It [31mreads a file.' }
  expect(parseActionAnswer(given, 'r')).toEqual({ assessment })
})

test.each([
  [['deny', 'deny'], false],
  [['deny', 'deny', 'deny'], true],
  [['deny', 'deny', 'allow', 'deny'], false],
  [Array.from({ length: 40 }, (_, n) => (n % 4 === 0 ? 'deny' : 'allow')), true],
  [Array.from({ length: 36 }, (_, n) => (n % 4 === 0 ? 'deny' : 'allow')), false],
] as [Outcome[], boolean][])('the outcomes %j trip the breaker: %s', (outcomes, isTripped) => {
  expect(tripsBreaker(outcomes)).toBe(isTripped)
})
