/** A stretch of a text without a blank or a mark in it. */
export interface Run {
  from: number
  text: string
}

const lengthMin = 20
const isPart = new Uint8Array(0x10000)
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-=')
  isPart[character.charCodeAt(0)] = 1

/**
 * Finds the long runs of letters and digits of a text, which is what most encodings look like: nearly
 * every text has none, and need not be searched for one encoding after the other.
 *
 * Looks first at where the shortest run that counts would end, and from there back: most words are left
 * behind without a look at their letters.
 */
export function findRuns(text: string): Run[] {
  const runs: Run[] = []
  for (let from = 0; from + lengthMin <= text.length; ) {
    const gap = lastGap(text, from)
    if (gap >= from) {
      from = gap + 1
      continue
    }
    const to = endOfRun(text, from + lengthMin)
    runs.push({ from, text: text.slice(from, to) })
    from = to + 1
  }
  return runs
}

/** The last character within the shortest run from an offset that can be no part of it; or one before. */
function lastGap(text: string, from: number): number {
  let at = from + lengthMin - 1
  while (at >= from && isPart[text.charCodeAt(at)] === 1) at -= 1
  return at
}

function endOfRun(text: string, from: number): number {
  let at = from
  while (at < text.length && isPart[text.charCodeAt(at)] === 1) at += 1
  return at
}
