/** The literals that were found in a text, in the order of where they end. */
export interface Hits {
  /** Their numbers. */
  literals: Int32Array
  /** The offset after the last character of each. */
  ends: Int32Array
  count: number
}

/** Finds many literals in one pass over a text, in time that depends on the text's length alone. */
export interface LiteralFinder {
  find(text: string): Hits
}

/**
 * Builds an Aho–Corasick automaton over lower-case literals. ASCII letter case in the text does not count.
 *
 * Transitions are complete, so that a character costs one look into a table, whatever stands before it.
 */
export function createLiteralFinder(literals: readonly string[]): LiteralFinder {
  const classes = classifyCharacters(literals)
  const width = Math.max(...classes) + 1
  const { next, outputs } = buildAutomaton(literals, classes, width)
  const rows = toRows(next, outputs, width)
  return {
    find(text) {
      const hits = createHits(text.length)
      let row = 0
      for (let index = 0; index < text.length; index++) {
        row = rows[row + (classes[text.charCodeAt(index)] ?? 0)] ?? 0
        if (row >= 0) continue
        const state = ~row
        noteAll(hits, outputs[state], index + 1)
        row = state * width
      }
      return hits
    },
  }
}

/**
 * The transitions as they are followed: to where the row of the next state begins, and where a literal
 * ends to the complement of the state's number, which a look at the sign tells.
 */
function toRows(next: Int32Array, outputs: readonly number[][], width: number): Int32Array {
  return next.map((state) => (outputs[state]?.length === 0 ? state * width : ~state))
}

/** How far apart literals usually end, at least. */
const usualDistance = 16

function createHits(textLength: number): Hits {
  const room = 64 + Math.ceil(textLength / usualDistance)
  return { literals: new Int32Array(room), ends: new Int32Array(room), count: 0 }
}

function noteAll(hits: Hits, literals: readonly number[] = [], end: number): void {
  for (const literal of literals) {
    if (hits.count === hits.ends.length) enlarge(hits)
    hits.literals[hits.count] = literal
    hits.ends[hits.count] = end
    hits.count += 1
  }
}

function enlarge(hits: Hits): void {
  const room = hits.ends.length * 2
  const { literals, ends } = hits
  hits.literals = new Int32Array(room)
  hits.literals.set(literals)
  hits.ends = new Int32Array(room)
  hits.ends.set(ends)
}

/** Gives each character that occurs in a literal a small number; all others share 0. */
function classifyCharacters(literals: readonly string[]): Uint16Array {
  const classes = new Uint16Array(0x10000)
  let last = 0
  for (const character of new Set(literals.join(''))) {
    last += 1
    classes[character.charCodeAt(0)] = last
    classes[character.toUpperCase().charCodeAt(0)] ||= last
  }
  return classes
}

interface Automaton {
  next: Int32Array
  outputs: number[][]
}

function buildAutomaton(
  literals: readonly string[],
  classes: Uint16Array,
  width: number,
): Automaton {
  const states = literals.reduce((sum, literal) => sum + literal.length, 1)
  const next = new Int32Array(states * width)
  const outputs: number[][] = [[]]
  literals.forEach((literal, number) => {
    let state = 0
    for (const character of literal) {
      const slot = state * width + (classes[character.charCodeAt(0)] ?? 0)
      if (next[slot] === 0) next[slot] = outputs.push([]) - 1
      state = next[slot] ?? 0
    }
    outputs[state]?.push(number)
  })
  linkFailures(next, outputs, width)
  return { next, outputs }
}

/** Fills the missing transitions breadth first, and hands on the outputs of shorter endings. */
function linkFailures(next: Int32Array, outputs: number[][], width: number): void {
  const failure = new Int32Array(outputs.length)
  const queue = [...next.subarray(0, width)].filter((state) => state !== 0)
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0
    const fallback = failure[state] ?? 0
    outputs[state]?.push(...(outputs[fallback] ?? []))
    queue.push(...completeState(state, { next, failure, width }))
  }
}

/** Completes the transitions of one state, and gives the states that it leads to. */
function completeState(
  state: number,
  { next, failure, width }: { next: Int32Array; failure: Int32Array; width: number },
): number[] {
  const children: number[] = []
  const fallback = failure[state] ?? 0
  for (let character = 0; character < width; character++) {
    const slot = state * width + character
    const shorter = next[fallback * width + character] ?? 0
    const target = next[slot] ?? 0
    if (target === 0) next[slot] = shorter
    else {
      failure[target] = shorter
      children.push(target)
    }
  }
  return children
}
