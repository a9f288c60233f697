import type { BundleFacts } from '../evidence/bundle-facts.ts'
import type { FileFacts } from '../evidence/file-facts.ts'
import type { Sighting } from '../evidence/sighting.ts'

/** A place with those that bear it out, before a rule has judged it. */
export interface Pair {
  at: Sighting
  related: readonly Sighting[]
}

export type Filter = (sighting: Sighting, file: FileFacts) => boolean

/** The sightings of some markers in a file that are meant: not forbidden, warned of, or looked for. */
export function meant(file: FileFacts, ...markers: string[]): Sighting[] {
  const found: Sighting[] = []
  for (const marker of markers)
    for (const sighting of file.sightings.get(marker) ?? [])
      if (!sighting.context.isNegated) found.push(sighting)
  return found
}

/** Every place where one of the markers is meant. */
export function each(markers: readonly string[], filter: Filter = () => true) {
  return ({ files }: BundleFacts): Pair[] =>
    files.flatMap((file) =>
      meant(file, ...markers)
        .filter((sighting) => filter(sighting, file))
        .map((at) => ({ at, related: [] })),
    )
}

/** Every place of the first markers that has one of the others within some lines of it. */
export function beside(
  first: readonly string[],
  others: readonly string[],
  { lines, filter = () => true }: { lines: number; filter?: Filter },
) {
  return ({ files }: BundleFacts): Pair[] =>
    files.flatMap((file) => pairsIn(file, { first, others, lines, filter }))
}

function pairsIn(
  file: FileFacts,
  pair: { first: readonly string[]; others: readonly string[]; lines: number; filter: Filter },
): Pair[] {
  const others = meant(file, ...pair.others)
  if (others.length === 0) return []
  return meant(file, ...pair.first)
    .filter((at) => pair.filter(at, file))
    .flatMap((at) => {
      const related = others.filter((other) => other !== at && isNear(at, other, pair.lines))
      return related.length > 0 ? [{ at, related }] : []
    })
}

export function isNear(a: Sighting, b: Sighting, lines: number): boolean {
  return Math.abs(a.line - b.line) <= lines
}

/** Whether the place is something to run rather than something to read. */
export function isRunnable({ place, context }: Sighting): boolean {
  return (
    place === 'code' ||
    place === 'injected' ||
    place === 'config' ||
    place === 'hidden' ||
    context.isInlineCode
  )
}

/** Whether the words are the author's own, and not shown as somebody else's. */
export function isOwnWords(sighting: Sighting): boolean {
  const { isQuoted, isInlineCode } = sighting.context
  return isSpoken(sighting) && !isQuoted && !isInlineCode
}

export function isSpoken({ place }: Sighting): boolean {
  return place !== 'code' && place !== 'injected' && place !== 'config'
}
