import { countBytes, type DecodedText, decodeText } from './decode-text.ts'
import { escapeText, mark } from './escape-text.ts'
import { estimateTokens } from './estimate-tokens.ts'

/**
 * One line of a file as the model sees it; or, of a line that is very long, one piece; or several
 * lines in a row that are all the same.
 */
export interface ShownLine {
  /** Counted from 1. */
  number: number
  lastNumber: number
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
  let start = 0
  const pieces = mergeRepeats(listPieces(text, { lineBreak, pieceCharsMax, isCutOff }))
  const lines = pieces.map(({ number, count, raw, hasBreak, before, after }) => {
    const lastNumber = number + count - 1
    const numbers = count === 1 ? `${number}` : `${number}-${lastNumber}`
    const shown = `${numbers}${mark} ${before}${escapeText(raw)}${after}`
    const bytes = countBytes(hasBreak ? raw + lineBreak : raw, encoding) * count
    const line = { number, lastNumber, shown, start, end: start + bytes }
    start = line.end
    return { ...line, tokens: estimateTokens(shown) + 1 }
  })
  return { encoding, lineEnds, lines }
}

/** A line or a piece of one, and the marks that stand around it. */
interface Piece {
  number: number
  /** How many lines in a row are the same. */
  count: number
  raw: string
  hasBreak: boolean
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
      nth === all.length - 1 ? { ...piece, hasBreak: true } : piece,
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
    count: 1,
    raw,
    hasBreak: false,
    before: nth === 0 ? '' : goesOn,
    after: nth === all.length - 1 ? atEnd : goesOn,
  }))
}

/** Three lines or more that are all the same are shown once, so that nothing hides behind padding. */
function mergeRepeats(pieces: readonly Piece[]): Piece[] {
  const merged: Piece[] = []
  for (let at = 0; at < pieces.length; ) {
    const run = takeRun(pieces, at)
    const [first] = run
    if (first && run.length >= 3) merged.push({ ...first, count: run.length })
    else merged.push(...run)
    at += run.length
  }
  return merged
}

/** The piece at `at`, with the whole lines after it that are the same. */
function takeRun(pieces: readonly Piece[], at: number): Piece[] {
  const first = pieces[at]
  let end = at + 1
  while (first && isSameLine(first, pieces[end])) end += 1
  return pieces.slice(at, end)
}

function isSameLine(one: Piece, other: Piece | undefined): boolean {
  const areWhole = one.hasBreak && one.before === '' && other?.hasBreak && other.before === ''
  return areWhole === true && one.raw === other?.raw
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
