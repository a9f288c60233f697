import { InertText } from '../components/inert-text.tsx'
import type { CodeRow } from './code-row.ts'

type Line = Extract<CodeRow, { kind: 'line' }>

const signs = { added: '+', removed: '−' } as const
const signWords = { added: 'added', removed: 'removed' } as const

/** A line of a file with its number, as text whatever it holds. */
export function CodeLine({ line, showsSpaces }: { line: Line; showsSpaces: boolean }) {
  const { tokens, before, after, change } = line
  return (
    <div className="code-line" data-change={change}>
      <span className="code-number">{after ?? (change === 'removed' ? before : '')}</span>
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

function showSpaces(text: string): string {
  return text.replaceAll(' ', '·').replaceAll('\t', '→\t')
}
