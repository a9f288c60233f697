/**
 * How many tokens a text takes, rather too many than too few, for plans and budgets.
 *
 * A word takes about one for every three letters, a digit or sign nearly one each, and a character
 * beyond ASCII up to two.
 */
export function estimateTokens(text: string): number {
  let tokens = 0
  for (let index = 0; index < text.length; index += 1) tokens += weigh(text.charCodeAt(index))
  return Math.ceil(tokens)
}

function weigh(code: number): number {
  if (code > 0x7e) return 2
  const isLetter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a
  return isLetter || code === 0x20 ? 0.34 : 0.9
}
