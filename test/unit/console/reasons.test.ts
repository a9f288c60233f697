import { draftReason, reasonOptions, wordsOfReason } from '@countersign/console/decide/reasons'
import { DecisionReason } from '@countersign/core/submissions/decisions/decision-reason'
import { expect, test } from 'vitest'

const finding = {
  rule_id: 'EXE-002',
  tier: 'block' as const,
  confidence: 1,
  category: 'execution',
  fingerprint: 'f',
  file: 'setup.sh',
  line: 3,
  end_line: 3,
  snippet: null,
  fix_hint: null,
  source: 'static' as const,
  suppressed_by: null,
}
const low = { ...finding, severity: 'low' as const, message: 'It reads the clock.' }
const high = { ...finding, severity: 'high' as const, line: null, message: 'It opens a shell.' }

test('every kind of reason is offered for one decision, and no other', () => {
  const offered = [...reasonOptions('override'), ...reasonOptions('reject')].map(([code]) => code)
  expect([...offered].sort()).toEqual([...DecisionReason.options].sort())
  expect(wordsOfReason('poor_quality')).toBe('Poor quality')
})

test('a rejection lists the places that were found, the worst first, and nothing suppressed', () => {
  const covered = { ...low, suppressed_by: 'somebody' }
  expect(draftReason('reject', 'poor_quality', [covered, low, high]).split('\n')).toEqual([
    expect.stringMatching(/^The bundle is not ready/),
    '- setup.sh: It opens a shell.',
    '- setup.sh:3: It reads the clock.',
  ])
})

test('what is only to be known is told of poor quality alone', () => {
  const known = { ...low, tier: 'annotate' as const }
  expect(draftReason('reject', 'harmful', [known])).not.toContain('setup.sh')
  expect(draftReason('reject', 'poor_quality', [known])).toContain('setup.sh')
})

test('an override lists no places, and a long list is cut short', () => {
  expect(draftReason('override', 'false_positive', [low])).not.toContain('setup.sh')
  const lines = draftReason('reject', 'harmful', Array(25).fill(low)).split('\n')
  expect([lines.length, lines.at(-1)]).toEqual([12, '- and 15 more'])
})
