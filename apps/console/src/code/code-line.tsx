import { InertText } from '../components/inert-text.tsx'
import type { LineRow } from './code-row.ts'

const signs = { added: '+', removed: '−' } as const
const signWords = { added: 'added', removed: 'removed' } as const

/** A line of a file with its number, as text whatever it holds. */
export function CodeLine(props: {
  line: LineRow
  /** Whose number it stands under; by default that of the version where there is one. */
  side?: 'before' | 'after'
  showsSpaces: boolean
}) {
  const { line, side, showsSpaces } = props
  const { tokens, change } = line
  return (
    <div className="code-line" data-change={change}>
      <span className="code-number">{numberOf(line, side)}</span>
      <span className="code-sign">
        {change && <span aria-hidden>{signs[change]}</span>}
        {change && <span className="unseen">{signWords[change]}</span>}
      </span>
      <code className="code-text">
        {tokens.map(({ at, text, kind }) => (
          <span key={at} className={kind}>
            <InertText text={showsSpaces ? showSpaces(text) : text} />
          </span>
        ))}
      </code>
    </div>
  )
}

function numberOf({ bytes, change, before, after }: LineRow, side?: 'before' | 'after') {
  if (bytes) return bytes.at.toString(16).padStart(5, '0')
  if (side) return { before, after }[side]
  return change === 'removed' ? before : after
}

/**
 * A line as it was and as it is, side by side. Where it is the same, the one on the left is there for the
 * eye only.
 */
export function CodePair(props: {
  before: LineRow | undefined
  after: LineRow | undefined
  showsSpaces: boolean
}) {
  const { before, after, showsSpaces } = props
  return (
    <div className="code-pair">
      <div aria-hidden={before === after || undefined} data-empty={!before || undefined}>
        {before && <CodeLine line={before} side="before" showsSpaces={showsSpaces} />}
      </div>
      <div data-empty={!after || undefined}>
        {after && <CodeLine line={after} side="after" showsSpaces={showsSpaces} />}
      </div>
    </div>
  )
}

function showSpaces(text: string): string {
  return text.replaceAll(' ', '·').replaceAll('\t', '→\t')
}
