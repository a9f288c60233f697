import type { Codes } from './to-codes.ts'

const [blank, tab] = [0x20, 0x09]
const [newline, dash, underscore, colon, dot, paren] = [0x0a, 0x2d, 0x5f, 0x3a, 0x2e, 0x29]
const keyLengthMax = 31
const digitsMax = 3

const [indent, bullet, digit, small, capital] = [1, 2, 3, 4, 5]
const kinds = new Uint8Array(0x10000)
for (const [characters, kind] of [
  [' \t>', indent],
  ['\n-*+#|', bullet],
  ['0123456789', digit],
  ['abcdefghijklmnopqrstuvwxyz', small],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', capital],
] as const) {
  for (const character of characters) kinds[character.charCodeAt(0)] = kind
}

/**
 * Where a line break in prose ends, with the indentation of the next line and with what it begins with if
 * that makes it an item, a heading, a row of a table, or a field of its own.
 *
 * The same as `/\n[ \t>]*(?:\n|[-*+#|]|\d{1,3}[.)]|[a-z][\w-]{0,30}:)?/y`, without starting a pattern on
 * every line.
 */
export function skipBreakInProse(codes: Codes, at: number): number {
  let after = at + 1
  while (kindAt(codes, after) === indent) after += 1
  switch (kindAt(codes, after)) {
    case bullet:
      return after + 1
    case digit:
      return skipNumber(codes, after)
    case small:
      return skipKey(codes, after)
    default:
      return after
  }
}

/** Where a line break in a comment ends: an empty line after it belongs to it. */
export function skipBreakInComment(codes: Codes, at: number): number {
  let after = at + 1
  while (codes[after] === blank || codes[after] === tab) after += 1
  return codes[after] === newline ? after + 1 : at + 1
}

function skipNumber(codes: Codes, from: number): number {
  let to = from + 1
  while (kindAt(codes, to) === digit && to - from < digitsMax) to += 1
  const next = codes[to]
  return next === dot || next === paren ? to + 1 : from
}

function skipKey(codes: Codes, from: number): number {
  let to = from + 1
  while (isInKey(codes[to] ?? 0) && to - from < keyLengthMax) to += 1
  return codes[to] === colon ? to + 1 : from
}

function isInKey(code: number): boolean {
  return code === dash || code === underscore || (kinds[code] ?? 0) >= digit
}

function kindAt(codes: Codes, at: number): number {
  return kinds[codes[at] ?? 0] ?? 0
}
