/** Finds many literals in one pass over a text, in time that depends on the text's length alone. */
export interface LiteralFinder {
  /** Calls back with each literal's number and the offset after its last character, in order of offset. */
  scan(text: string, onHit: (literal: number, end: number) => void): void
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
  const hasOutput = Uint8Array.from(outputs, (output) => (output.length > 0 ? 1 : 0))
  const step = (state: number, code: number): number =>
    next[state * width + (classes[code] ?? 0)] ?? 0
  return {
    scan(text, onHit) {
      let state = 0
      for (let index = 0; index < text.length; index++) {
        state = step(state, text.charCodeAt(index))
        if (hasOutput[state] !== 0)
          for (const literal of outputs[state] ?? []) onHit(literal, index + 1)
      }
    },
  }
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
