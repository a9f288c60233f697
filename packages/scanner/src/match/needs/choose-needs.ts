import type { Marker } from '@countersign/core/guardrails/vocabulary/marker'
import { type Need, readNeeds } from './read-needs.ts'

/** As many as there are bits in a byte. */
const needsMax = 8
const common = new Set(
  'all and any are for from has have not that the this use was with you'.split(' '),
)

/**
 * What a marker's pattern needs beside the atom that called for it, as far as that is rare enough to tell
 * anything. Where a window of a text does not hold it, the pattern need not be tried there.
 */
export function chooseNeeds({ pattern, atoms }: Marker): readonly Need[] {
  const isMetBy = (atom: string, need: Need): boolean => need.some((word) => atom.includes(word))
  return readNeeds(pattern)
    .filter((need) => need.every(isTelling))
    .filter((need) => !atoms.every((atom) => isMetBy(atom, need)))
    .slice(0, needsMax)
}

/** Of what is short, only the slash of an address is rare enough in running text. */
function isTelling(word: string): boolean {
  return word === '/' || (word.length >= 3 && !common.has(word))
}
