/** Words of which a text must hold at least one, in lower case. */
export type Need = readonly string[]

/**
 * Reads from a pattern what every text that it matches must hold: at least one word of each need, in
 * whatever case. A text that lacks a need need not be tried.
 *
 * Whatever the reader does not know of a pattern's language it takes for something that needs nothing: it
 * may see too few needs, and never one that there is not.
 */
export function readNeeds({ source, flags }: RegExp): readonly Need[] {
  // Under these flags, letters beyond ASCII may stand for letters of ASCII.
  if (/[uv]/.test(flags)) return []
  return readAlternatives({ source, at: 0 })
}

interface Reading {
  readonly source: string
  at: number
}

/**
 * What all alternatives need: a word of the rarest need of each, a word of the next rarest of each, and so
 * on, as long as each has one.
 */
function readAlternatives(reading: Reading): readonly Need[] {
  const alternatives = [readSequence(reading)]
  while (reading.source[reading.at] === '|') {
    reading.at += 1
    alternatives.push(readSequence(reading))
  }
  const [only] = alternatives
  if (only && alternatives.length === 1) return only
  const ranked = alternatives.map((needs) => needs.toSorted(byRarity))
  const length = Math.min(...ranked.map((needs) => needs.length))
  return Array.from({ length }, (_, rank) => [
    ...new Set(ranked.flatMap((needs) => needs[rank] ?? [])),
  ])
}

/** What follows each other is all needed. Letters next to each other are one word. */
function readSequence(reading: Reading): readonly Need[] {
  const needs: Need[] = []
  let letters = ''
  while (isInSequence(reading)) {
    const item = readItem(reading)
    const { isOptional, isRepeated } = readQuantifier(reading)
    if (isOptional) letters += anything
    else if (typeof item === 'string') letters += isRepeated ? item + anything : item
    else {
      letters += anything
      needs.push(...item)
    }
  }
  const words = letters.split(anything).filter((word) => word !== '')
  return [...needs, ...words.map((word) => [word])]
}

function isInSequence({ source, at }: Reading): boolean {
  return at < source.length && source[at] !== '|' && source[at] !== ')'
}

/** Stands between words where a text may hold other letters, or none. */
const anything = '\0'

/** A letter that stands for itself, or the needs of anything else. */
function readItem(reading: Reading): string | readonly Need[] {
  const { source, at } = reading
  const first = source[at] ?? ''
  if (first === '(') return readGroup(reading)
  token.lastIndex = at
  const [item = first] = token.exec(source) ?? []
  reading.at += item.length
  return letterOf(item) ?? []
}

/** A letter, an escape or a class. */
const token = /\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|c[a-z]|k<[^>]*>|.)|\[(?:\\.|[^\]\\])*\]|./isy

function letterOf(item: string): string | undefined {
  if (/^[a-z0-9_/:;,=@#%&!"'<>~ -]$/i.test(item)) return item.toLowerCase()
  if (/^\\x[0-7][0-9a-f]$/i.test(item))
    return String.fromCharCode(Number.parseInt(item.slice(2), 16)).toLowerCase()
  return /^\\[^a-z0-9]$/i.test(item) && item.charCodeAt(1) < 0x80 ? item[1] : undefined
}

/** What is in a group is needed, unless it only looks around itself. */
function readGroup(reading: Reading): readonly Need[] {
  const [opening = '('] =
    /^\((?:\?(?:<?[=!]|<[^>]*>|[a-z-]*:))?/i.exec(reading.source.slice(reading.at)) ?? []
  reading.at += opening.length
  const needs = readAlternatives(reading)
  reading.at += 1
  return /[=!]$/.test(opening) ? [] : needs
}

function readQuantifier(reading: Reading): { isOptional: boolean; isRepeated: boolean } {
  const [quantifier = ''] =
    /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/.exec(reading.source.slice(reading.at)) ?? []
  reading.at += quantifier.length
  return { isOptional: /^(?:[?*]|\{0)/.test(quantifier), isRepeated: quantifier !== '' }
}

/** The needs that the fewest texts meet come first, as far as one can tell from their shortest words. */
function byRarity(a: Need, b: Need): number {
  return rarity(b) - rarity(a) || a.length - b.length
}

function rarity(need: Need): number {
  return Math.min(...need.map((word) => word.replace(/[\s.,'"-]/g, '').length))
}
