import { type Codec, codecs } from './codecs.ts'
import { findRuns, type Run } from './find-runs.ts'
import { blobBytesMax, readDecoded } from './read-decoded.ts'

/** How deep, and how much, is decoded. What stays encoded beyond that is told, not forgotten. */
const depthMax = 4
const blobsMax = 64
const decodedBytesMax = 2 * 1024 * 1024
/** How many blobs of one text are tried as bare deflate, which has no mark to be known by. */
const inflationsMax = 4_000

export interface DecodedText {
  text: string
  /** From the outside in. */
  chain: readonly string[]
  /** Where the outermost encoding began. */
  offset: number
}

export interface Decoded {
  texts: DecodedText[]
  /** Whether a bound left something undecoded. */
  isCutShort: boolean
}

/** Decodes what is encoded in a text, and what is encoded in that, until nothing more comes out. */
export function decodeLayers(text: string): Decoded {
  const budget: Allowance = {
    blobs: blobsMax,
    bytes: decodedBytesMax,
    inflations: inflationsMax,
    isCutShort: false,
  }
  const texts: DecodedText[] = []
  const visit = (source: string, chain: readonly string[], offset: number | undefined): void => {
    if (chain.length >= depthMax) return
    for (const found of decodeOnce(source, budget)) {
      const next = { ...found, chain: [...chain, ...found.chain], offset: offset ?? found.offset }
      texts.push(next)
      visit(next.text, next.chain, next.offset)
    }
  }
  visit(text, [], undefined)
  return { texts, isCutShort: budget.isCutShort }
}

interface Allowance {
  blobs: number
  bytes: number
  inflations: number
  isCutShort: boolean
}

function* decodeOnce(text: string, left: Allowance): Generator<DecodedText> {
  for (const { codec, blob, offset } of candidatesIn(text)) {
    left.isCutShort ||= left.blobs <= 0 || left.bytes <= 0 || left.inflations <= 0
    if (left.isCutShort) return
    const read = decodeBlob(codec, blob, left)
    if (!read) continue
    left.blobs -= 1
    left.bytes -= read.text.length
    yield { ...read, offset }
  }
}

/** Everything in a text that may be encoded, by one codec after the other. */
function* candidatesIn(text: string) {
  const runs = findRuns(text)
  const whole: Run[] = [{ from: 0, text }]
  const stretchesFor = ({ mark }: Codec): Run[] => {
    if (mark === undefined) return runs
    return text.includes(mark) ? whole : []
  }
  for (const codec of codecs)
    for (const run of stretchesFor(codec))
      for (const match of run.text.matchAll(codec.candidates))
        yield { codec, blob: match[0], offset: run.from + match.index }
}

function decodeBlob(
  codec: Codec,
  blob: string,
  left: Allowance,
): Omit<DecodedText, 'offset'> | undefined {
  const bytes = codec.decode(blob.slice(0, blobBytesMax))
  const read = bytes && readDecoded(bytes, left)
  return read && { text: read.text, chain: [codec.name, ...read.chain] }
}
