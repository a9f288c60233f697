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

test('findings about the file stand above it, and those that nothing changed around are counted', () => {
  const texts = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`)
  const side = (lines: string[]) => ({ path: 'a', text: `${lines.join('\n')}\n` })
  const patch = diffTexts(side(texts), side(texts.with(28, 'changed'))) ?? ''
  const findings = new Map([0, 2, 3, 29].map((line) => [line, [{ line }]])) as never
  const rows = rowsOfPatch(patch, findings)
  expect(rows[0]).toEqual({ kind: 'finding', key: 'finding 0 0', finding: { line: 0 } })
  expect(rows.filter(({ kind }) => kind === 'finding')).toHaveLength(2)
  const text = '2 findings elsewhere in the file, where nothing changed'
  expect(rows.at(-1)).toEqual({ kind: 'gap', key: 'unseen', text })
})

function textOf(row: CodeRow & { kind: 'line' }): string {
  return row.tokens.map(({ text }) => text).join('')
}
