import type { Chunk } from './coverage.ts'
import { escapeText, mark } from './text/escape-text.ts'

/** Where something is in a bundle, as far as it can be told. */
interface Place {
  file: string | null
  line: number | null
  /** The line as it was shown, without its number. */
  text: string | null
}

/** The lines that the model was shown, to check what it says about places. */
export interface BundleLines {
  /** Finds the place that an answer speaks of. What is not in the bundle becomes `null`. */
  locate(file: string, line: number | null): Place
}

export function createBundleLines(chunks: readonly Chunk[], paths: readonly string[]): BundleLines {
  // The model copies a path as it was shown to it, with its escapes.
  const known = new Map(paths.flatMap((path) => [[path, path] as const, [escapeText(path), path]]))
  const parts = Map.groupBy(
    chunks.flatMap((chunk) => chunk.parts),
    ({ path }) => path,
  )

  function findLine(file: string | null, wanted: number | null): string | undefined {
    if (file === null || wanted === null) return undefined
    return parts
      .get(file)
      ?.flatMap(({ lines }) => lines)
      .find(({ number, lastNumber }) => number <= wanted && wanted <= lastNumber)?.shown
  }

  return {
    locate(given, line) {
      const file = findPath(given, known)
      const text = Number.isInteger(line) ? findLine(file, line) : undefined
      if (text === undefined) return { file, line: null, text: null }
      return { file, line, text: text.slice(text.indexOf(mark) + 2) }
    },
  }
}

/** The path that is meant: as given, without what is often put before it, or by an end that only one has. */
function findPath(given: string, known: ReadonlyMap<string, string>): string | null {
  const name = given.replace(/^(\.?\/)+/, '')
  const path = known.get(given) ?? known.get(name)
  if (path !== undefined || name === '') return path ?? null
  const [onlyOne, another] = new Set(
    [...known].filter(([shown]) => shown.endsWith(`/${name}`)).map(([, found]) => found),
  )
  return onlyOne !== undefined && another === undefined ? onlyOne : null
}

/** At most 200 characters of a shown line. What looks like a key is masked. */
export function maskSnippet(text: string): string {
  const masked = text.replace(/[A-Za-z0-9+_-]{20,}={0,2}/g, (word) =>
    /\d/.test(word) && /[A-Za-z]/.test(word) ? `${word.slice(0, 4)}…` : word,
  )
  return masked.length <= 200 ? masked : `${masked.slice(0, 199)}…`
}
