import { diffTexts } from '@countersign/bundles/diff/diff-texts'
import type { CodeRow } from '@countersign/console/code/code-row'
import { pairRows } from '@countersign/console/code/pair-rows'
import { rowsOfPatch } from '@countersign/console/code/rows-of-patch'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const texts = fc.array(fc.constantFrom('one', 'two', 'three', ''), { maxLength: 30 })

/** The rows of what changed between two texts, with a finding on each line of the later one. */
function changedRows(before: readonly string[], after: readonly string[]): CodeRow[] {
  const side = (lines: readonly string[]) => ({ path: 'a', text: `${lines.join('\n')}\n` })
  const findings = after.map((_, index) => [index + 1, [{ rule_id: `R-${index + 1}` }]] as const)
  return rowsOfPatch(diffTexts(side(before), side(after)) ?? '', new Map(findings) as never)
}

test('side by side every line is there once on each side that it was on, in its order', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const rows = changedRows(before, after)
      const pairs = pairRows(rows).filter((row) => row.kind === 'pair')
      const lines = rows.filter((row) => row.kind === 'line')
      const left = pairs.flatMap((pair) => pair.before ?? [])
      const right = pairs.flatMap((pair) => pair.after ?? [])
      expect(left).toEqual(lines.filter(({ change }) => change !== 'added'))
      expect(right).toEqual(lines.filter(({ change }) => change !== 'removed'))
    }),
  )
})

test('side by side every finding stands right below its line', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const rows = pairRows(changedRows(before, after))
      for (const [index, row] of rows.entries()) {
        if (row.kind !== 'finding') continue
        const above = rows[index - 1]
        expect(above?.kind === 'pair' && `R-${above.after?.after}`).toBe(row.finding.rule_id)
      }
    }),
  )
})

test('what was removed stands beside what was added in its place', () => {
  const rows = pairRows(changedRows(['same', 'old', 'older'], ['same', 'new']))
  const sides = rows.flatMap((row) =>
    row.kind === 'pair' ? [[textOf(row.before), textOf(row.after)]] : [],
  )
  expect(sides).toEqual([
    ['same', 'same'],
    ['old', 'new'],
    ['older', undefined],
  ])
})

function textOf(line: (CodeRow & { kind: 'pair' })['before']): string | undefined {
  return line?.tokens.map(({ text }) => text).join('')
}
