/**
 * How many tokens a text takes, rather too many than too few, for plans and budgets.
 *
 * A word takes about one for every three letters, a digit or sign nearly one each, and a character
 * beyond ASCII up to two.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(weigh(text))
}

/** No character is taken for more tokens than this. */
export const tokensPerCharMax = 2

/** The same before it is rounded, for a text that goes on after others: so each part is weighed once. */
export function weigh(text: string, before = 0): number {
  let tokens = before
  for (let index = 0; index < text.length; index += 1) {
    tokens += weights[text.charCodeAt(index)] ?? tokensPerCharMax
  }
  return tokens
}

const weights = Float64Array.from({ length: 0x7f }, (_, code) => {
  const isLetter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a
  return isLetter || code === 0x20 ? 0.34 : 0.9
})
