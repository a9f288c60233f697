import { lexicon } from '@countersign/core/guardrails/vocabulary/sentence/lexicon'

/**
 * The lexicon as a tree of letters, so that what a word speaks of is known once its last letter is read:
 * no word is cut out of the text, folded to lower case and looked up. ASCII letter case does not count.
 *
 * A pair of words is a path with a blank in it, which begins where its first word ends.
 */

/** Nowhere: no entry goes on like this, and nothing leads out of it. */
export const nowhere = 0
/** Where every word begins. */
export const root = 1

const classes = classifyCharacters()
const width = Math.max(...classes) + 1
const { next, bits } = growTree()

/** Where a letter leads. */
export function follow(state: number, code: number): number {
  return next[state * width + (classes[code] ?? 0)] ?? nowhere
}

/** The bits of what ends here; 0 where no entry does. */
export function bitsAt(state: number): number {
  return bits[state] ?? 0
}

/** Where the second word of a pair begins, after a first one that ended here. */
export function afterBlank(state: number): number {
  return follow(state, 0x20)
}

/** Gives each character of the lexicon a small number; all others share 0, which leads nowhere. */
function classifyCharacters(): Uint8Array {
  const numbers = new Uint8Array(0x10000)
  let last = 0
  for (const character of new Set([...lexicon.keys()].join(''))) {
    last += 1
    numbers[character.charCodeAt(0)] = last
    if (/[a-z]/.test(character)) numbers[character.toUpperCase().charCodeAt(0)] = last
  }
  return numbers
}

function growTree(): { next: Int32Array; bits: Int32Array } {
  const statesMax = [...lexicon.keys()].reduce((sum, { length }) => sum + length, root + 1)
  const tree = new Int32Array(statesMax * width)
  const ends = new Int32Array(statesMax)
  let states = root + 1
  for (const [entry, about] of lexicon) {
    let state = root
    for (let index = 0; index < entry.length; index++) {
      const slot = state * width + (classes[entry.charCodeAt(index)] ?? 0)
      if (tree[slot] === nowhere) tree[slot] = states++
      state = tree[slot] ?? nowhere
    }
    ends[state] = about
  }
  return { next: tree, bits: ends }
}
