/** The kinds of characters that something can be hidden with. */
export const characterKinds = {
  invisible: 1,
  variation: 2,
  bidi: 4,
  otherScript: 8,
  tag: 16,
  styled: 32,
} as const

const { invisible, variation, bidi, otherScript, tag, styled } = characterKinds

/** Stretches of code units and the kind of each, in order. */
const stretches: readonly (readonly [from: number, to: number, kind: number])[] = [
  [0xad, 0xad, invisible],
  [0x131, 0x131, otherScript],
  [0x261, 0x261, otherScript],
  [0x34f, 0x34f, invisible],
  [0x370, 0x58f, otherScript],
  [0x61c, 0x61c, invisible],
  [0x115f, 0x1160, invisible],
  [0x17b4, 0x17b5, invisible],
  [0x180b, 0x180f, invisible],
  [0x200b, 0x200f, invisible],
  [0x202a, 0x202e, bidi | invisible],
  [0x2060, 0x2065, invisible],
  [0x2066, 0x2069, bidi | invisible],
  [0x206a, 0x206f, invisible],
  [0x2160, 0x217f, otherScript],
  [0x2460, 0x24ff, styled],
  [0x3164, 0x3164, invisible],
  [0xfe00, 0xfe0f, variation | invisible],
  [0xfeff, 0xfeff, invisible],
  [0xff01, 0xff5e, styled],
  [0xffa0, 0xffa0, invisible],
  [0xfff0, 0xfff8, invisible],
  [0xd834, 0xd835, styled | invisible],
  [0xd83c, 0xd83c, styled],
  [0xdb40, 0xdb43, tag | variation | invisible],
]

const kindOf = new Uint8Array(0x10000)
for (const [from, to, kind] of stretches) kindOf.fill(kind, from, to + 1)

/** Tells which kinds of characters a text holds, as a sum, in one pass. Plain ASCII holds none. */
export function surveyCharacters(text: string): number {
  if (Buffer.byteLength(text) === text.length) return 0
  let sum = 0
  for (let index = 0; index < text.length; index++) sum |= kindOf[text.charCodeAt(index)] ?? 0
  return sum
}
