import { diffTexts } from '@countersign/bundles/diff/diff-texts'
import type { CodeRow } from '@countersign/console/code/code-row'
import { rowsOfPatch } from '@countersign/console/code/rows-of-patch'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const lines = fc.array(fc.constantFrom('one', 'two', '+', '-', '@@ -1 +1 @@', ''), {
  maxLength: 30,
})

test('every line that is shown stands under the number it has in its version', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const side = (texts: readonly string[]) => ({ path: 'a', text: `${texts.join('\n')}\n` })
      const patch = diffTexts(side(before), side(after)) ?? ''
      const shown = rowsOfPatch(patch, new Map()).filter((row) => row.kind === 'line')
      const numbered = (texts: readonly string[], which: 'before' | 'after') =>
        shown.every((row) => row[which] === null || texts[row[which] - 1] === textOf(row))
      expect(numbered([...before, ''], 'before')).toBe(true)
      expect(numbered([...after, ''], 'after')).toBe(true)
    }),
  )
})

test('a finding stands below the line of this version that it is about', () => {
  const patch = diffTexts({ path: 'a', text: 'one\ntwo\n' }, { path: 'a', text: 'one\n2\n' }) ?? ''
  const finding = { rule_id: 'EXE-001' } as never
  const rows = rowsOfPatch(patch, new Map([[2, [finding]]]))
  const place = rows.findIndex(({ kind }) => kind === 'finding')
  expect(rows[place - 1]).toMatchObject({ kind: 'line', after: 2, change: 'added' })
})

function textOf(row: CodeRow & { kind: 'line' }): string {
  return row.tokens.map(({ text }) => text).join('')
}
