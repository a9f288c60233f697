/** The model's words, fit to be shown: without control characters and of a bounded length. */
export function cleanWords(text: string, charsMax: number): string {
  const visible = text.replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, '').trim()
  return visible.length <= charsMax ? visible : `${visible.slice(0, charsMax - 1)}…`
}
