import type { FindingView } from '@countersign/sdk'
import type { Token } from './token.ts'

/** A line of a file. */
export interface LineRow {
  kind: 'line'
  key: string
  tokens: readonly Token[]
  /** The numbers of the line, in the version before and in this one; a continuation has none. */
  before: number | null
  after: number | null
  change?: 'added' | 'removed'
  /** For a row of bytes: where it begins, and the last line of text that has begun by its end. */
  bytes?: { at: number; lastLine: number }
}

/** One thing below the other in the viewer of a file. */
export type CodeRow =
  | LineRow
  /** A line before and after; where it was added or removed, the other side has none. */
  | { kind: 'pair'; key: string; before: LineRow | undefined; after: LineRow | undefined }
  | { kind: 'finding'; key: string; finding: FindingView }
  | { kind: 'gap'; key: string; text: string }

/** A line longer than this goes on in the next row: one row is never a page. */
const columnsMax = 2000

/** The findings of one file by their line. Those about the file as a whole stand above the first. */
export function groupByLine(findings: readonly FindingView[]): Map<number, FindingView[]> {
  return Map.groupBy(findings, ({ line }) => line ?? 0)
}

/** The rows of a whole file, every finding below its line. */
export function rowsOfText(
  lines: readonly (readonly Token[])[],
  findings: ReadonlyMap<number, readonly FindingView[]>,
): CodeRow[] {
  const rows: CodeRow[] = findingRows(0, findings)
  for (const [index, tokens] of lines.entries()) {
    const n = index + 1
    for (const [part, chunk] of breakLong(tokens).entries()) {
      const number = part === 0 ? n : null
      rows.push({ kind: 'line', key: `${n}.${part}`, tokens: chunk, before: null, after: number })
    }
    rows.push(...findingRows(n, findings))
  }
  return [...rows, ...beyond(lines.length, findings)]
}

/** The findings on one line, as rows. */
export function findingRows(
  line: number,
  findings: ReadonlyMap<number, readonly FindingView[]>,
): CodeRow[] {
  return (findings.get(line) ?? []).map((finding, index) => ({
    kind: 'finding',
    key: `finding ${line} ${index}`,
    finding,
  }))
}

/** A finding on a line that the file does not have is shown all the same. */
function beyond(count: number, findings: ReadonlyMap<number, readonly FindingView[]>): CodeRow[] {
  return [...findings.keys()].filter((n) => n > count).flatMap((n) => findingRows(n, findings))
}

function breakLong(tokens: readonly Token[]): Token[][] {
  const length = tokens.reduce((sum, { text }) => sum + text.length, 0)
  if (length <= columnsMax) return [[...tokens]]
  const text = tokens.map((token) => token.text).join('')
  const count = Math.ceil(length / columnsMax)
  return Array.from({ length: count }, (_, index) => [
    { at: 0, text: text.slice(index * columnsMax, (index + 1) * columnsMax) },
  ])
}
