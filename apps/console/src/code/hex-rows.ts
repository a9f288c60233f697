import type { FindingView } from '@countersign/sdk'
import { formatBytes } from '../wording/numbers.ts'
import { type CodeRow, findingRows, type LineRow } from './code-row.ts'

const bytesMax = 128 * 1024
/** Few enough to fit beside the facts. */
const perRow = 8
const newline = 0x0a
const names = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * The beginning of a file as numbers and as what letters there are. A finding stands below the bytes
 * that its line begins with; at the end, if its line is not among them.
 */
export function hexRows(
  bytes: Uint8Array,
  findings: ReadonlyMap<number, readonly FindingView[]>,
): CodeRow[] {
  const shown = bytes.subarray(0, bytesMax)
  const rows: CodeRow[] = findingRows(0, findings)
  let begun = 0
  for (let at = 0; at < shown.length; at += perRow) {
    const last = begun
    begun += countBeginnings(shown, at)
    rows.push(hexRow(shown.subarray(at, at + perRow), at, begun))
    for (let line = last + 1; line <= begun; line++) rows.push(...findingRows(line, findings))
  }
  const left = bytes.length - shown.length
  if (left > 0) rows.push({ kind: 'gap', key: 'rest', text: `${formatBytes(left)} more` })
  const beyond = [...findings.keys()].filter((line) => line > begun)
  return [...rows, ...beyond.flatMap((line) => findingRows(line, findings))]
}

/** How many lines of text begin in a row of bytes. */
function countBeginnings(bytes: Uint8Array, at: number): number {
  let count = 0
  for (let place = at; place < Math.min(at + perRow, bytes.length); place++) {
    if (place === 0 || bytes[place - 1] === newline) count++
  }
  return count
}

function hexRow(bytes: Uint8Array, at: number, lastLine: number): LineRow {
  let [numbers, letters] = ['', '']
  for (const byte of bytes) {
    numbers += `${names[byte]} `
    letters += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'
  }
  const tokens = [{ at: 0, text: `${numbers.padEnd(perRow * 3)} ${letters}` }]
  const key = `bytes ${at}`
  return { kind: 'line', key, tokens, before: null, after: null, bytes: { at, lastLine } }
}
