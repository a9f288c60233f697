import { createHash } from 'node:crypto'
import { rules } from './rules.ts'
import { concepts } from './vocabulary/sentence/concepts.ts'
import { frames } from './vocabulary/sentence/frames.ts'
import { vocabulary } from './vocabulary/vocabulary.ts'

/** Raised by hand whenever a change is in neither a rule's card nor the vocabulary. */
const edition = 2

/**
 * Names the rules in force. It changes with any rule and any word of the vocabulary, so that no verdict
 * is reused under rules that it was not reached by.
 */
export const policyVersion: string = `${edition}-${digest()}`

function digest(): string {
  const cards = rules.map(({ id, version, tier, find }) => [id, version, tier, String(find)])
  const words = vocabulary.map(({ name, atoms, pattern, places = [], reach = 0 }) => [
    name,
    atoms,
    String(pattern),
    places,
    reach,
  ])
  return createHash('sha256')
    .update(JSON.stringify([cards, words, concepts, frames]))
    .digest('hex')
    .slice(0, 16)
}
