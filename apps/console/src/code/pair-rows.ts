import type { CodeRow, LineRow } from './code-row.ts'

/**
 * The rows of a patch with both versions side by side: what was removed stands beside what was added in
 * its place. Findings stay below their lines, across both sides.
 */
export function pairRows(rows: readonly CodeRow[]): CodeRow[] {
  const waiting: LineRow[] = []
  const paired = rows.flatMap((row) => {
    if (row.kind === 'line') return pairLine(row, waiting)
    return row.kind === 'finding' ? [row] : [...settle(waiting), row]
  })
  return [...paired, ...settle(waiting)]
}

/** What was removed waits for something that was added, and stands alone if nothing was. */
function pairLine(line: LineRow, waiting: LineRow[]): CodeRow[] {
  if (line.change === 'removed') {
    waiting.push(line)
    return []
  }
  if (line.change === 'added') return [pairOf(waiting.shift(), line)]
  return [...settle(waiting), pairOf(line, line)]
}

function settle(waiting: LineRow[]): CodeRow[] {
  return waiting.splice(0).map((line) => pairOf(line, undefined))
}

function pairOf(before: LineRow | undefined, after: LineRow | undefined): CodeRow {
  return { kind: 'pair', key: `${before?.key} | ${after?.key}`, before, after }
}
