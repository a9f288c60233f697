import { splitInvisible } from '../wording/invisible.ts'
import { scrollable } from './scrollable.ts'

/**
 * Text from outside, as text: no markup, no links, and what hides in it made visible as boxes that
 * name the character.
 */
export function InertText({ text }: { text: string }) {
  return splitInvisible(text).map(({ at, text: shown, name, label }) =>
    name === undefined ? (
      shown
    ) : (
      <span key={at} className="hidden-character" title={name}>
        {label}
      </span>
    ),
  )
}

/** A block of text from outside, with its lines. */
export function InertBlock({ text, label }: { text: string; label: string }) {
  return (
    <pre className="inert-block" {...scrollable(label)}>
      <InertText text={text} />
    </pre>
  )
}
