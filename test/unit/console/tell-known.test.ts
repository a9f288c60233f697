import { tellKnown } from '@countersign/console/pages/submission/facts/tell-known'
import type { FindingView } from '@countersign/sdk'
import { expect, test } from 'vitest'

const aFinding = (changes: Partial<FindingView> = {}) =>
  ({ rule_id: 'EXE-001', fingerprint: 'curl', file: 'a.sh', line: 1, ...changes }) as FindingView

test('what the live version has as well is said to be in it, whatever its line', () => {
  const moved = aFinding({ line: 40 })
  expect(tellKnown([moved], [aFinding()])(moved)).toBe('Also in the live version')
  const other = [aFinding({ rule_id: 'EXE-002' }), aFinding({ fingerprint: 'wget' })]
  const tell = tellKnown(other, [aFinding()])
  expect(other.map(tell)).toEqual([undefined, undefined])
  expect(tellKnown([moved], [])(moved)).toBeUndefined()
})

test('the same words in a file that had none are not passed off as known', () => {
  const hook = aFinding({ file: 'hooks/run.sh' })
  const tell = tellKnown([aFinding(), hook], [aFinding()])
  expect(tell(hook)).toBe('Also in the live version, in another file')
  expect(tell(aFinding())).toBe('Also in the live version')
})

test('what a file has more often than it had says so', () => {
  const twice = [aFinding(), aFinding({ line: 9 })]
  expect(twice.map(tellKnown(twice, [aFinding()]))).toEqual([
    'Also in the live version, but less often',
    'Also in the live version, but less often',
  ])
})
