import { stripVTControlCharacters } from 'node:util'
import type { Invocation, Terminal } from './command.ts'

/** Shows a result: as JSON if that was asked for, else as a person reads it. */
export function print(
  terminal: Terminal,
  { values }: Invocation,
  result: unknown,
  view: () => string,
): void {
  terminal.out(values.json === true ? `${JSON.stringify(result, null, 2)}\n` : `${view()}\n`)
}

/** Lines up columns. Nothing that somebody else wrote can move the cursor or change colours. */
export function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = [head, ...rows.map((row) => row.map((cell) => inert(String(cell ?? '–'))))]
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** A text of somebody else's, fit for a terminal: one line, nothing invisible that acts. */
export function inert(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
    .trim()
}
