import type { CodeRow } from './code-row.ts'

const bytesMax = 64 * 1024
const perLine = 16

/** The beginning of a file that is not text, as numbers and as what letters there are. */
export function hexRows(bytes: Uint8Array): CodeRow[] {
  const shown = bytes.subarray(0, bytesMax)
  const rows: CodeRow[] = []
  for (let at = 0; at < shown.length; at += perLine) {
    const line = shown.subarray(at, at + perLine)
    const numbers = [...line].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const letters = [...line].map(letterOf).join('')
    const text = `${at.toString(16).padStart(6, '0')}  ${numbers.padEnd(perLine * 3)} ${letters}`
    rows.push({
      kind: 'line',
      key: `hex ${at}`,
      tokens: [{ at: 0, text }],
      before: null,
      after: null,
    })
  }
  if (bytes.length > bytesMax)
    rows.push({ kind: 'gap', key: 'rest', text: 'The rest is not shown.' })
  return rows
}

function letterOf(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'
}
