import { type Concept, conjugate } from './concept.ts'
import { type ConceptName, concepts } from './concepts.ts'

const names = Object.keys(concepts) as ConceptName[]

/** The bit that stands for a concept in the sum of a sentence. */
export function bitsOf(wanted: readonly ConceptName[]): number {
  return wanted.reduce((sum, name) => sum | (1 << names.indexOf(name)), 0)
}

/** What each word, and each pair of words with a blank between them, speaks of. */
export const lexicon: ReadonlyMap<string, number> = buildLexicon()

function buildLexicon(): Map<string, number> {
  const entries = new Map<string, number>()
  for (const name of names)
    for (const word of wordsOf(concepts[name]))
      entries.set(word, (entries.get(word) ?? 0) | bitsOf([name]))
  return entries
}

function wordsOf({ verbs = '', words = '' }: Concept): string[] {
  return [
    ...verbs.split(' ').filter(Boolean).flatMap(conjugate),
    ...words
      .split(' ')
      .filter(Boolean)
      .map((word) => word.replaceAll('_', ' ')),
  ]
}
