/**
 * A value as JSON that can be kept and hashed. What no database keeps, and no canonical form has, becomes a
 * replacement character, however deep it stands: a NUL, and half of a character.
 */
export function encodeJson(value: unknown): string {
  const text = JSON.stringify(value)
  return /\\u(?:0000|d)/.test(text) ? text.replaceAll(escapes, keepable) : text
}

/** The escapes of JSON. Halves are escaped, and whole characters stand as they are. */
const escapes = /\\(?:u0000|ud[0-9a-f]{3}|.)/g

function keepable(written: string): string {
  return written.length === 2 ? written : '\\ufffd'
}
