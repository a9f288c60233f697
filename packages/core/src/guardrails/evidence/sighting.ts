import type { Language, Layer, Place } from './place.ts'

/**
 * One place where a word of the vocabulary was seen, or where a parser recognized a construct.
 *
 * Sightings are small facts without a verdict: rules are written over them, and they are all that is
 * kept of a file once its bytes are gone.
 */
export interface Sighting {
  /** The marker that was seen, such as `upload` or `key-file`. */
  marker: string
  file: string
  /** Counted from 1. */
  line: number
  /** The line, or a window of it around the place. */
  excerpt: string
  /** What the marker's pattern captured: a host, a path, the name of a package. */
  detail: string
  place: Place
  language: Language
  layer: Layer
  /** How the text was hidden, from the outside in: `base64`, `gzip`. Empty unless decoded. */
  decodedFrom: readonly string[]
  /** Counts the headings of a document, so that two places can be told to be in one section. */
  section: number
  context: Context
}

/** What stands around a sighting and takes weight from it. */
export interface Context {
  /** A sentence that forbids, warns of, or looks for the thing. */
  isNegated: boolean
  /** Stands between quotation marks in running text. */
  isQuoted: boolean
  /** Stands between backticks in running text: a command to run, or a thing to speak of. */
  isInlineCode: boolean
  /** A section or document about attacks and how to find them. */
  isDefensive: boolean
  /** In a test, an example or a fixture. */
  isTest: boolean
}
