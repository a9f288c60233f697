import type { Marker } from '@countersign/core/guardrails/vocabulary/marker'
import { vocabulary } from '@countersign/core/guardrails/vocabulary/vocabulary'
import { createLiteralFinder, type Hits } from './aho-corasick.ts'
import { defensiveWords } from './defensive-words.ts'
import { chooseNeeds } from './needs/choose-needs.ts'

/** A marker as it is looked for. */
export interface Sought {
  marker: Marker
  /** The needs of its pattern, a bit for each; and which of them each word meets, by the word's number. */
  needs: number
  meets: Uint8Array
}

const atoms = [...new Set([...vocabulary.flatMap(({ atoms }) => atoms), ...defensiveWords])]
const firstDefensive = atoms.length - defensiveWords.length
const needsOf = new Map(vocabulary.map((marker) => [marker, chooseNeeds(marker)]))
const words = [...new Set([...atoms, ...[...needsOf.values()].flat(2)])]
const finder = createLiteralFinder(words)
const soughtBy = findSought()

/** Finds the words that call for a pattern to be tried, and those without which it need not be. */
export function findWords(text: string): Hits {
  return finder.find(text)
}

/** The markers whose patterns a word calls for. */
export function soughtByWord(word: number): readonly Sought[] {
  return soughtBy[word] ?? []
}

/** Whether a word is one that texts about attacks are full of. */
export function isDefensive(word: number): boolean {
  return word >= firstDefensive && word < atoms.length
}

/**
 * Whether a marker's pattern may match within a window of the text around one of the hits. It cannot where
 * the window lacks what the pattern needs, which saves most patterns from being tried.
 */
export function mayMatch(
  { needs, meets }: Sought,
  { literals, ends, count }: Hits,
  at: number,
  { from, to }: { from: number; to: number },
): boolean {
  let met = 0
  for (let hit = at; hit >= 0 && met !== needs && (ends[hit] ?? 0) > from; hit--)
    met |= meets[literals[hit] ?? 0] ?? 0
  for (let hit = at + 1; hit < count && met !== needs && (ends[hit] ?? 0) <= to; hit++)
    met |= meets[literals[hit] ?? 0] ?? 0
  return met === needs
}

function findSought(): readonly (readonly Sought[])[] {
  const numbers = new Map(words.map((word, number) => [word, number]))
  const calling: Sought[][] = words.map(() => [])
  for (const marker of vocabulary) {
    const sought = seek(marker, numbers)
    for (const atom of new Set(marker.atoms)) calling[numbers.get(atom) ?? -1]?.push(sought)
  }
  return calling
}

function seek(marker: Marker, numbers: ReadonlyMap<string, number>): Sought {
  const meets = new Uint8Array(words.length)
  const needs = needsOf.get(marker) ?? []
  for (const [bit, need] of needs.entries())
    for (const word of need) {
      const number = numbers.get(word)
      if (number !== undefined) meets[number] = (meets[number] ?? 0) | (1 << bit)
    }
  return { marker, needs: (1 << needs.length) - 1, meets }
}
