import type { Capabilities, CapabilityDelta } from '../../capabilities/capabilities.ts'
import { type Finding, Severity } from '../../guardrails/finding.ts'
import { inReadingOrder } from '../relate-files.ts'
import { escapeText, mark } from '../text/escape-text.ts'
import type { BundleFacts } from './bundle-facts.ts'

/** How many characters each list of the header may take. What is left out is counted in a note. */
const charsMax = 12_000

/**
 * Tells what is known of a bundle, one labelled line each: the header of every prompt.
 *
 * `shownPaths` are the files that follow in the prompt. Hints about them come first.
 */
export function describeBundle(facts: BundleFacts, shownPaths: readonly string[]): string[] {
  const { type, name, description, files, capabilities, capabilityDelta, hints } = facts
  return [
    label('type', type),
    label('name', name),
    label('description', description),
    ...upTo(charsMax, 'files', listPaths(files)),
    ...upTo(charsMax, 'capability facts', listCapabilities(capabilities, capabilityDelta)),
    ...upTo(charsMax, 'hints', listHints(hints, new Set(shownPaths))),
  ]
}

/** One line that begins with a label of ours. Whatever `text` holds, it stays on the line. */
export function label(name: string, text: string): string {
  return `${name}${mark} ${escapeText(text)}`
}

/** The files that no prompt holds come first: nothing else tells the model of them. */
function listPaths(files: BundleFacts['files']): string[] {
  const [text, other] = [true, false].map((isText) =>
    files.filter(({ kind }) => (kind === 'text') === isText),
  )
  return [...(other ?? []), ...inReadingOrder(text ?? [])].map(({ path, size, kind }) =>
    label('path', `${path} (${kind}, ${size} bytes)`),
  )
}

function listCapabilities(capabilities: Capabilities, delta: CapabilityDelta): string[] {
  return Object.entries(capabilities).flatMap(([name, items]) => {
    const change = delta[name as keyof Capabilities]
    const added = new Set(change?.added.map((item) => JSON.stringify(item)))
    return items.map((item: unknown) => {
      const fact = JSON.stringify(item)
      return label('capability', `${name} ${added.has(fact) ? 'new ' : ''}${fact}`)
    })
  })
}

function listHints(hints: readonly Finding[], shownPaths: ReadonlySet<string>): string[] {
  const rank = ({ file, severity }: Finding) =>
    (file !== null && shownPaths.has(file) ? 10 : 0) + Severity.options.indexOf(severity)
  return hints
    .toSorted((one, other) => rank(other) - rank(one))
    .map(({ ruleId, severity, file, line, message, snippet }) =>
      label('hint', JSON.stringify({ ruleId, severity, file, line, message, snippet })),
    )
}

function upTo(chars: number, what: string, lines: readonly string[]): string[] {
  let left = chars
  // One that is too long keeps no other off the list.
  const listed = lines.filter((line) => {
    const fits = line.length <= left
    if (fits) left -= line.length
    return fits
  })
  const omitted = lines.length - listed.length
  return omitted === 0
    ? listed
    : [...listed, label('note', `${omitted} more ${what} are not listed`)]
}
