import type { DiffView, FindingView } from '@countersign/sdk'
import { useMemo } from 'react'
import { Message } from '../components/page-state.tsx'
import { type CodeRow, groupByLine, rowsOfText } from './code-row.ts'
import { CodeView } from './code-view.tsx'
import { hexRows } from './hex-rows.ts'
import { highlightLines } from './highlight.ts'
import { rowsOfPatch } from './rows-of-patch.ts'

/** What there is to show of a file. */
export type FileContent =
  | { kind: 'text'; text: string }
  | { kind: 'binary'; bytes: Uint8Array }
  | { kind: 'change'; change: DiffView['files'][number] }

/** A file, or what changed in it, with its findings on their lines. */
export function CodePanel(props: {
  path: string
  content: FileContent
  findings: readonly FindingView[]
  /** Where to go: a line, and a token that changes with every wish to go there. */
  aim: { line: number } | undefined
  showsSpaces: boolean
}) {
  const { path, content, findings, aim, showsSpaces } = props
  const rows = useMemo(() => rowsOf(path, content, findings), [path, content, findings])
  const goTo = useMemo(() => aim && { index: placeOf(rows, aim.line) }, [rows, aim])
  if (rows.length === 0) return <Message title={emptyReason(content)} />
  return <CodeView label={path} rows={rows} goTo={goTo} showsSpaces={showsSpaces} />
}

function rowsOf(path: string, content: FileContent, findings: readonly FindingView[]): CodeRow[] {
  const byLine = groupByLine(findings)
  switch (content.kind) {
    case 'text':
      return rowsOfText(highlightLines(content.text, path), byLine)
    case 'binary':
      return [...rowsOfText([], byLine), ...hexRows(content.bytes)]
    case 'change':
      return content.change.patch === null ? [] : rowsOfPatch(content.change.patch, byLine)
  }
}

/** The row of a line, or of the first one after it where that line is not shown. */
function placeOf(rows: readonly CodeRow[], line: number): number {
  const found = rows.findIndex((row) => row.kind === 'line' && (row.after ?? 0) >= line)
  return Math.max(0, found)
}

function emptyReason(content: FileContent): string {
  if (content.kind !== 'change') return 'This file is empty.'
  return content.change.note ?? 'The bytes are the same; only the path changed.'
}
