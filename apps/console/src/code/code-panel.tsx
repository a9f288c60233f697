import type { DiffView, FindingView } from '@countersign/sdk'
import { useMemo } from 'react'
import { Message } from '../components/page-state.tsx'
import type { CodeLook } from './code-look.ts'
import { type CodeRow, groupByLine, rowsOfText } from './code-row.ts'
import { CodeView } from './code-view.tsx'
import { hexRows } from './hex-rows.ts'
import { highlightLines } from './highlight.ts'
import { pairRows } from './pair-rows.ts'
import { rowsOfPatch } from './rows-of-patch.ts'

/** What there is to show of a file. */
export type FileContent =
  | { kind: 'file'; bytes: Uint8Array; isText: boolean }
  | { kind: 'change'; change: DiffView['files'][number] }

/** A file, or what changed in it, with its findings on their lines. */
export function CodePanel(props: {
  path: string
  content: FileContent
  findings: readonly FindingView[]
  /** Where to go: a line, and a token that changes with every wish to go there. */
  aim: { line: number } | undefined
  look: CodeLook
}) {
  const { path, content, findings, aim, look } = props
  const { isHex, isSplit } = look
  const rows = useMemo(
    () => rowsOf({ path, content, findings, isHex, isSplit }),
    [path, content, findings, isHex, isSplit],
  )
  const goTo = useMemo(() => aim && { index: placeOf(rows, aim.line) }, [rows, aim])
  if (rows.length === 0) return <Message title={emptyReason(content)} />
  return <CodeView label={path} rows={rows} goTo={goTo} look={look} />
}

function rowsOf(asked: {
  path: string
  content: FileContent
  findings: readonly FindingView[]
  isHex: boolean
  isSplit: boolean
}): CodeRow[] {
  const { path, content, findings, isHex, isSplit } = asked
  const byLine = groupByLine(findings)
  if (content.kind === 'file') {
    const { bytes, isText } = content
    if (isHex || !isText) return hexRows(bytes, byLine)
    return rowsOfText(highlightLines(new TextDecoder().decode(bytes), path), byLine)
  }
  if (content.change.patch === null) return []
  const rows = rowsOfPatch(content.change.patch, byLine)
  return isSplit ? pairRows(rows) : rows
}

/** The row of a line, or of the first one after it where that line is not shown. */
function placeOf(rows: readonly CodeRow[], line: number): number {
  const found = rows.findIndex((row) => lineOf(row) >= line)
  return Math.max(0, found)
}

function lineOf(row: CodeRow): number {
  if (row.kind === 'pair') return row.after?.after ?? 0
  return row.kind === 'line' ? (row.bytes?.lastLine ?? row.after ?? 0) : 0
}

function emptyReason(content: FileContent): string {
  if (content.kind !== 'change') return 'This file is empty.'
  return content.change.note ?? 'The bytes are the same; only the path changed.'
}
