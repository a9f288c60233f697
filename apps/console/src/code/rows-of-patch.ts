import type { FindingView } from '@countersign/sdk'
import { plural } from '../wording/numbers.ts'
import { type CodeRow, findingRows } from './code-row.ts'

const hunkHead = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/

/** How far a line of a patch moves on in the version before, and in this one. */
const steps: Readonly<Record<string, readonly [before: number, after: number]>> = {
  ' ': [1, 1],
  '+': [0, 1],
  '-': [1, 0],
}

/** The rows of a unified patch: what went, what came, what is around it, findings below their lines. */
export function rowsOfPatch(
  patch: string,
  findings: ReadonlyMap<number, readonly FindingView[]>,
): CodeRow[] {
  const lines = patch.split('\n')
  const first = lines.findIndex((line) => hunkHead.test(line))
  const at = { before: 0, after: 0 }
  if (first < 0) return []
  const rows = lines.slice(first).flatMap((line, index): CodeRow[] => {
    const [, before, after] = hunkHead.exec(line) ?? []
    if (after) {
      Object.assign(at, { before: Number(before), after: Number(after) })
      return [{ kind: 'gap', key: `gap ${index}`, text: `Line ${after}` }]
    }
    const step = steps[line[0] ?? '']
    if (!step) return []
    const shown = [lineRow(line, index, at), ...(step[1] ? findingRows(at.after, findings) : [])]
    at.before += step[0]
    at.after += step[1]
    return shown
  })
  return [...findingRows(0, findings), ...rows, ...countUnseen(rows, findings)]
}

/** Says how many findings stand on lines that are not among those of the patch. */
function countUnseen(
  rows: readonly CodeRow[],
  findings: ReadonlyMap<number, readonly FindingView[]>,
): CodeRow[] {
  const placed = [...findings].flatMap(([line, found]) => (line > 0 ? found : []))
  const count = placed.length - rows.filter(({ kind }) => kind === 'finding').length
  if (count === 0) return []
  const text = `${plural(count, 'finding')} elsewhere in the file, where nothing changed`
  return [{ kind: 'gap', key: 'unseen', text }]
}

function lineRow(line: string, index: number, at: { before: number; after: number }): CodeRow {
  const sign = line[0]
  const text = line.slice(1)
  return {
    kind: 'line',
    key: `line ${index}`,
    tokens: text === '' ? [] : [{ at: 0, text }],
    before: sign === '+' ? null : at.before,
    after: sign === '-' ? null : at.after,
    ...(sign === '+' && { change: 'added' as const }),
    ...(sign === '-' && { change: 'removed' as const }),
  }
}
