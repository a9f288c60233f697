import type { CodeRow } from '@countersign/console/code/code-row'
import { hexRows } from '@countersign/console/code/hex-rows'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const textOf = (row: CodeRow | undefined) => row?.kind === 'line' && row.tokens[0]?.text

test('bytes are shown as numbers and as what letters there are', () => {
  const rows = hexRows(new TextEncoder().encode('\ufeffname: caf\u00e9\u200b'), new Map())
  expect(rows.map(textOf)).toEqual([
    'ef bb bf 6e 61 6d 65 3a  ...name:',
    '20 63 61 66 c3 a9 e2 80   caf....',
    '8b                       .',
  ])
})

test('a finding stands below the bytes that its line begins with', () => {
  const lines = fc.array(fc.stringMatching(/^[a-z ]{0,40}$/), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(lines, (texts) => {
      const text = texts.join('\n')
      const numbered = texts.map((_, index) => [index + 1, [{ line: index + 1 }]] as const)
      const rows = hexRows(new TextEncoder().encode(text), new Map(numbered) as never)
      let at = ''
      for (const row of rows) {
        if (row.kind === 'line') at = row.key
        if (row.kind !== 'finding' || text === '') continue
        const line = row.finding.line ?? 0
        const start = texts.slice(0, line - 1).join('\n').length + Number(line > 1)
        const last = Math.max(0, Math.min(start, text.length - 1))
        expect(at).toBe(`bytes ${last - (last % 8)}`)
      }
      expect(rows.filter(({ kind }) => kind === 'finding')).toHaveLength(texts.length)
    }),
  )
})

test('of a large file the beginning is shown, and how much more there is; no finding is lost', () => {
  const finding = { line: 3 }
  const rows = hexRows(new Uint8Array(160 * 1024), new Map([[3, [finding]]]) as never)
  expect(rows).toHaveLength((128 * 1024) / 8 + 2)
  expect(rows.at(-2)).toMatchObject({ kind: 'gap', text: '32.0 KiB more' })
  expect(rows.at(-1)).toMatchObject({ kind: 'finding', finding })
})
