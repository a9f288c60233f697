import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { scrollable } from '../components/scrollable.ts'
import { CodeLine, CodePair } from './code-line.tsx'
import type { CodeLook } from './code-look.ts'
import type { CodeRow } from './code-row.ts'
import { FindingCard } from './finding-card.tsx'

/**
 * The rows of a file, of which only those in sight exist. A row is as high as it needs to be: long
 * lines wrap, and findings stand between the lines.
 */
export function CodeView(props: {
  label: string
  rows: readonly CodeRow[]
  /** The row to bring into sight, by its place. */
  goTo: { index: number } | undefined
  look: Pick<CodeLook, 'isSplit' | 'showsSpaces'>
}) {
  const { label, rows, goTo, look } = props
  const { isSplit, showsSpaces } = look
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'finding' ? 124 : 20),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
  })
  useEffect(() => {
    if (goTo) virtualizer.scrollToIndex(goTo.index, { align: 'center' })
  }, [goTo, virtualizer])
  return (
    <div className="code" data-split={isSplit || undefined} ref={scroller} {...scrollable(label)}>
      <div className="code-rows" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index]
          return (
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              data-aimed={goTo?.index === index || undefined}
              className="code-row"
              style={{ transform: `translateY(${start}px)` }}
            >
              {row && <Row row={row} showsSpaces={showsSpaces} />}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function Row({ row, showsSpaces }: { row: CodeRow; showsSpaces: boolean }) {
  if (row.kind === 'finding') return <FindingCard finding={row.finding} />
  if (row.kind === 'gap') return <p className="code-gap">{row.text}</p>
  if (row.kind === 'pair') return <CodePair {...row} showsSpaces={showsSpaces} />
  return <CodeLine line={row} showsSpaces={showsSpaces} />
}
