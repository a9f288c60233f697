import type { AuditEntryView } from '@countersign/sdk'

export type ExportFormat = 'jsonl' | 'csv'

const columns = ['seq', 'at', 'actor', 'action', 'resource', 'params', 'hash'] as const

/** The entries as a file: JSON lines, which `countersign audit verify --file` reads, or CSV. */
export function exportEntries(entries: readonly AuditEntryView[], format: ExportFormat): string {
  if (format === 'jsonl') return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
  const rows = entries.map(({ actor, params, ...entry }) =>
    columns.map((column) => {
      if (column === 'actor') return `${actor.kind}:${actor.id}`
      return column === 'params' ? JSON.stringify(params) : String(entry[column] ?? '')
    }),
  )
  return [columns, ...rows].map((row) => `${row.map(quote).join(',')}\r\n`).join('')
}

/** Quotes a cell, and keeps a spreadsheet from reading one as a formula. */
function quote(cell: string): string {
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return `"${harmless.replaceAll('"', '""')}"`
}

/** Hands a text to the reader as a file. */
export function download(text: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([text]))
  const link = Object.assign(document.createElement('a'), { href: url, download: fileName })
  link.click()
  URL.revokeObjectURL(url)
}
