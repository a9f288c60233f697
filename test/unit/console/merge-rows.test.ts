import { mergeRows } from '@countersign/console/live/merge-rows'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const rows = fc.uniqueArray(
  fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), at: fc.nat() }),
  {
    selector: ({ id }) => id,
  },
)

test('no row moves: what is shown stays in its place, up to date, and what left says so', () => {
  fc.assert(
    fc.property(rows, rows, (shown, fresh) => {
      const merged = mergeRows(shown, fresh)
      expect(merged.rows.map(({ row }) => row.id)).toEqual(shown.map(({ id }) => id))
      for (const { row, isGone } of merged.rows) {
        const now = fresh.find(({ id }) => id === row.id)
        expect(isGone).toBe(now === undefined)
        if (now) expect(row).toBe(now)
      }
    }),
  )
})

test('what is new at the top is counted, and what comes in from further down is not', () => {
  const list = (...ids: string[]) => ids.map((id) => ({ id }))
  expect(mergeRows(list('b', 'c'), list('a', 'b', 'c', 'd')).newCount).toBe(1)
  expect(mergeRows(list('b', 'c'), list('b', 'd')).newCount).toBe(0)
  expect(mergeRows([], list('a')).newCount).toBe(1)
})
