import { ambiguous } from './canonical-context.ts'

/** The tokens of valid JSON that matter here: strings, and what opens, parts and closes. */
const tokens = /"(?:[^"\\]+|\\.)*"|[{}[\],:]/g

interface Level {
  /** The names that an object has so far; `undefined` in a list. */
  names: Set<string> | undefined
  /** The name, or the place, of the member that is being read. */
  at: string
  count: number
}

/**
 * Refuses JSON in which an object has a name twice: two readers of it could see two different things,
 * and the one who approves must see what the one who acts sees.
 *
 * The text has to be valid JSON already.
 */
export function refuseRepeatedNames(text: string): void {
  const levels: Level[] = []
  let awaitsName = false
  for (const [token] of text.matchAll(tokens)) {
    const level = levels.at(-1)
    if (token.startsWith('"')) {
      if (awaitsName && level) addName(levels, level, JSON.parse(token))
      awaitsName = false
    } else {
      step(levels, token)
      awaitsName = token === '{' || (token === ',' && levels.at(-1)?.names !== undefined)
    }
  }
}

function step(levels: Level[], token: string): void {
  if (token === '{') levels.push({ names: new Set(), at: '', count: 0 })
  else if (token === '[') levels.push({ names: undefined, at: '0', count: 0 })
  else if (token === '}' || token === ']') levels.pop()
  else if (token === ',') nextPlace(levels.at(-1))
}

function nextPlace(level: Level | undefined): void {
  if (!level || level.names) return
  level.count += 1
  level.at = String(level.count)
}

function addName(levels: readonly Level[], level: Level, name: string): void {
  level.at = name
  if (level.names?.has(name)) {
    throw ambiguous(levels.map(({ at }) => at).join('.'), 'stands there twice')
  }
  level.names?.add(name)
}
