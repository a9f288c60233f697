import type { CapabilityDelta } from '@countersign/core/capabilities/capabilities'
import { decideVerdict, type VerdictRequest } from '@countersign/core/reviews/decide-verdict'
import type { HumanReviewReason } from '@countersign/core/reviews/list-doubts'
import type { Judgement } from '@countersign/core/reviews/merge-assessments'
import { describe, expect, test } from 'vitest'
import { aFinding } from '../../support/review-fixtures.ts'

const whole = {
  bytes: 9,
  covered: 9,
  files: [{ path: 'SKILL.md', bytes: 9, covered: 9 }],
}
const half = {
  bytes: 18,
  covered: 9,
  files: [...whole.files, { path: 'data/blob.bin', bytes: 9, covered: 0 }],
}

function aJudgement(overrides: Partial<Judgement> = {}): Judgement {
  return {
    riskLevel: 'safe',
    summary: 'Does what it says.',
    contentQuality: { verdict: 'pass', issues: [] },
    findings: [],
    ...overrides,
  }
}

function decide(overrides: Partial<VerdictRequest> = {}) {
  return decideVerdict({
    judgement: aJudgement(),
    coverage: whole,
    staticFindings: [],
    capabilityDelta: {},
    humanReviewFor: ['mods', 'flagged'],
    ...overrides,
  })
}

const found = (severity: 'info' | 'low' | 'medium' | 'high' | 'critical') => ({
  findings: [aFinding({ severity, source: 'llm', ruleId: 'LLM-other' })],
})
const failed = {
  contentQuality: {
    verdict: 'fail' as const,
    issues: [{ file: 'SKILL.md', field: 'body', issue: 'empty', hint: 'write it' }],
  },
}

describe('what the model says', () => {
  test.each<[string, Partial<Judgement>, 'approve' | 'block']>([
    ['safe', { riskLevel: 'safe' }, 'approve'],
    ['low', { riskLevel: 'low' }, 'approve'],
    ['medium', { riskLevel: 'medium' }, 'block'],
    ['high', { riskLevel: 'high' }, 'block'],
    ['critical', { riskLevel: 'critical' }, 'block'],
    ['safe with an info finding', found('info'), 'approve'],
    ['safe with a low finding', found('low'), 'approve'],
    ['safe with a medium finding', found('medium'), 'approve'],
    ['low with a medium finding', { ...found('medium'), riskLevel: 'low' }, 'approve'],
    ['safe with a high finding', found('high'), 'block'],
    ['safe with a critical finding', found('critical'), 'block'],
    ['medium without a finding', { riskLevel: 'medium' }, 'block'],
    ['safe, but of no use', failed, 'block'],
  ])('%s', (_name, judgement, outcome) => {
    const verdict = decide({ judgement: aJudgement(judgement) })
    expect(verdict.outcome).toBe(outcome)
    expect(verdict.holdReason).toBeNull()
    expect(verdict.reasons.length > 0).toBe(outcome === 'block')
  })
})

describe('what was not read', () => {
  test('keeps an approval back, and is named', () => {
    const verdict = decide({ coverage: half })
    expect(verdict).toMatchObject({ outcome: 'escalate', holdReason: 'coverage' })
    expect(verdict.reasons).toEqual(['9 of 9 bytes were not read in data/blob.bin.'])
  })

  test('keeps nothing back that is bad already', () => {
    const judgement = aJudgement({ riskLevel: 'high' })
    expect(decide({ coverage: half, judgement }).outcome).toBe('block')
  })

  test('is told before any policy', () => {
    const verdict = decide({ coverage: half, humanReviewFor: ['all'] })
    expect(verdict.holdReason).toBe('coverage')
  })
})

const mod = { module: 'mods/a.js', calls: [], events: [] }
const adds: CapabilityDelta = {
  mods: { added: [mod], removed: [] },
  hosts: { added: [], removed: [{ host: 'example.com', files: ['SKILL.md'] }] },
  bin: { added: ['bin/run'], removed: [] },
}

describe('what a person is to look at', () => {
  test.each<[HumanReviewReason[], 'approve' | 'escalate']>([
    [['mods'], 'escalate'],
    [['bin'], 'escalate'],
    [['hosts'], 'approve'],
    [['hooks', 'mcp', 'commands', 'tools'], 'approve'],
    [['all'], 'escalate'],
    [['none'], 'approve'],
    [[], 'approve'],
    [['none', 'bin'], 'approve'],
  ])('%j of a version that adds mods and a program: %s', (humanReviewFor, outcome) => {
    const verdict = decide({ capabilityDelta: adds, humanReviewFor })
    expect(verdict.outcome).toBe(outcome)
    expect(verdict.holdReason).toBe(outcome === 'escalate' ? 'policy' : null)
  })

  const human = aFinding({ tier: 'human', severity: 'medium' })
  const grave = aFinding({ tier: 'annotate', severity: 'high', line: 3 })
  const mentions = (line: number | null, file = 'SKILL.md') =>
    aJudgement({ findings: [aFinding({ source: 'llm', severity: 'info', file, line })] })

  test.each<[string, Partial<VerdictRequest>, 'approve' | 'escalate']>([
    ['a finding that asks for a person', { staticFindings: [human] }, 'escalate'],
    [
      'a finding that asks for a person, though the model speaks of it',
      { staticFindings: [human], judgement: mentions(3) },
      'escalate',
    ],
    [
      'a finding that asks for a person, while flags are off',
      { staticFindings: [human], humanReviewFor: ['mods'] },
      'approve',
    ],
    ['a small finding', { staticFindings: [aFinding({ severity: 'medium' })] }, 'approve'],
    ['a grave finding that the model does not mention', { staticFindings: [grave] }, 'escalate'],
    [
      'a grave finding that the model speaks of nearby',
      { staticFindings: [grave], judgement: mentions(5) },
      'approve',
    ],
    [
      'a grave finding, and the model speaks of another place',
      { staticFindings: [grave], judgement: mentions(40) },
      'escalate',
    ],
    [
      'a grave finding, and the model speaks of another file',
      { staticFindings: [grave], judgement: mentions(3, 'README.md') },
      'escalate',
    ],
    [
      'a grave finding in a file that the model speaks of as a whole',
      { staticFindings: [grave], judgement: mentions(null) },
      'approve',
    ],
    [
      'a grave finding, while flags are off',
      { staticFindings: [grave], humanReviewFor: ['none'] },
      'approve',
    ],
  ])('%s: %j', (_name, request, outcome) => {
    expect(decide(request).outcome).toBe(outcome)
  })
})

describe('a rescan that ends badly', () => {
  const live = { isLive: true, hideOnFail: false }
  test.each<[string, Judgement, VerdictRequest['rescan'], unknown]>([
    [
      'goes to a person',
      aJudgement({ riskLevel: 'high' }),
      live,
      { outcome: 'escalate', holdReason: 'policy', takesDown: false },
    ],
    [
      'takes the version down if the admin asked for it',
      aJudgement({ riskLevel: 'medium' }),
      { isLive: true, hideOnFail: true },
      { outcome: 'block', takesDown: true },
    ],
    [
      'takes the version down if it is critical',
      aJudgement({ riskLevel: 'critical' }),
      live,
      { outcome: 'block', takesDown: true },
    ],
    [
      'takes the version down if a finding is critical',
      aJudgement(found('critical')),
      live,
      { outcome: 'block', takesDown: true },
    ],
    [
      'takes nothing down where nothing is live',
      aJudgement({ riskLevel: 'critical' }),
      { isLive: false, hideOnFail: true },
      { outcome: 'block', takesDown: false },
    ],
  ])('%s', (_name, judgement, rescan, expected) => {
    expect(decide({ judgement, rescan })).toMatchObject(Object(expected))
  })
})
