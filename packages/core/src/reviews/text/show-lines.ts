import { countBytes, type DecodedText, decodeText } from './decode-text.ts'
import { escapeText, mark } from './escape-text.ts'
import { estimateTokens } from './estimate-tokens.ts'

/** One line of a file as the model sees it; or, of a line that is very long, one piece. */
export interface ShownLine {
  /** Counted from 1. */
  number: number
  /** With its number before it, everything in it visible, and no line break. */
  shown: string
  /** Where it stands in the file, in bytes, its line break included. */
  start: number
  end: number
  tokens: number
}

export interface ShownText {
  encoding: DecodedText['encoding']
  /** What every line ends with. Where line ends are mixed, `lf`, and the others are shown as escapes. */
  lineEnds: 'lf' | 'crlf'
  lines: ShownLine[]
}

/** Stands where a piece leaves off and the next one goes on, and at the end of a file without a line break. */
const goesOn = `${mark}…${mark}`
const endsHere = `${mark}end${mark}`

/**
 * Shows the bytes of a file line by line, so that every byte of it is in exactly one line.
 *
 * A line of more than `pieceCharsMax` characters is shown in pieces. `isCutOff` says that the file
 * goes on after these bytes.
 */
export function showLines(
  bytes: Uint8Array,
  { pieceCharsMax, isCutOff }: { pieceCharsMax: number; isCutOff: boolean },
): ShownText {
  const { text, encoding } = decodeText(bytes)
  const lineEnds = /(?:^|[^\r])\n/.test(text) || !text.includes('\n') ? 'lf' : 'crlf'
  const lineBreak = lineEnds === 'crlf' ? '\r\n' : '\n'
  const pieces = listPieces(text, { lineBreak, pieceCharsMax, isCutOff })
  let start = 0
  const lines = pieces.map(({ number, raw, before, after }) => {
    const shown = `${number}${mark} ${before}${escapeText(withoutBreak(raw, lineBreak))}${after}`
    const line = { number, shown, start, end: start + countBytes(raw, encoding) }
    start = line.end
    return { ...line, tokens: estimateTokens(shown) + 1 }
  })
  return { encoding, lineEnds, lines }
}

/** A line or a piece of one, with its line break if it has one, and the marks that stand around it. */
interface Piece {
  number: number
  raw: string
  before: string
  after: string
}

function listPieces(
  text: string,
  options: { lineBreak: string; pieceCharsMax: number; isCutOff: boolean },
): Piece[] {
  const lines = text.split(options.lineBreak)
  const last = lines.pop() ?? ''
  const atEnd = options.isCutOff ? goesOn : endsHere
  const pieces = lines.flatMap((line, index) =>
    inPieces(line, { number: index + 1, ...options, atEnd: '' }).map((piece, nth, all) =>
      nth === all.length - 1 ? { ...piece, raw: piece.raw + options.lineBreak } : piece,
    ),
  )
  if (last === '') return pieces
  return [...pieces, ...inPieces(last, { number: lines.length + 1, ...options, atEnd })]
}

function inPieces(
  line: string,
  { number, pieceCharsMax, atEnd }: { number: number; pieceCharsMax: number; atEnd: string },
): Piece[] {
  return cut(line, pieceCharsMax).map((raw, nth, all) => ({
    number,
    raw,
    before: nth === 0 ? '' : goesOn,
    after: nth === all.length - 1 ? atEnd : goesOn,
  }))
}

function withoutBreak(raw: string, lineBreak: string): string {
  return raw.endsWith(lineBreak) ? raw.slice(0, -lineBreak.length) : raw
}

/** Cuts a line into pieces of at most `charsMax` characters, and never through a character. */
function cut(line: string, charsMax: number): string[] {
  if (line.length <= charsMax) return [line]
  const pieces: string[] = []
  for (let start = 0; start < line.length; ) {
    const end = start + charsMax
    const isThrough = /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(line.slice(end - 1, end + 1))
    pieces.push(line.slice(start, isThrough ? end + 1 : end))
    start = isThrough ? end + 1 : end
  }
  return pieces
}
