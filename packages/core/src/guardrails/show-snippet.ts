import { maskSecrets } from './mask-secrets.ts'

const lengthMax = 200

/** Control and format characters, fillers and half characters: whatever a screen does not show. */
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Variation_Selector}\p{Default_Ignorable_Code_Point}\u2800\u2028\u2029]/gu

/**
 * A piece of a bundle as it may be shown: on one line, secrets masked, what cannot be seen made
 * visible as `\u{…}`, at most 200 characters.
 */
export function showSnippet(text: string): string {
  const shown = maskSecrets(text.slice(0, 600))
    .replace(/[\t\r\n ]+/g, ' ')
    .trim()
    .replace(unseen, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
  return shown.length <= lengthMax ? shown : `${shown.slice(0, lengthMax - 1)}…`
}
