/** A stretch of a text without a blank or a mark in it. */
export interface Run {
  from: number
  text: string
}

const lengthMin = 20
const isPart = new Uint8Array(128)
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-=')
  isPart[character.charCodeAt(0)] = 1

/**
 * Finds the long runs of letters and digits of a text, which is what most encodings look like, in one
 * pass: nearly every text has none, and need not be searched for one encoding after the other.
 */
export function findRuns(text: string): Run[] {
  const runs: Run[] = []
  let from = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 128 && isPart[code] === 1) continue
    if (index - from >= lengthMin) runs.push({ from, text: text.slice(from, index) })
    from = index + 1
  }
  if (text.length - from >= lengthMin) runs.push({ from, text: text.slice(from) })
  return runs
}
