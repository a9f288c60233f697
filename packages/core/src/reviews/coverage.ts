import { type ReadFile, relateFiles } from './relate-files.ts'
import { estimateTokens } from './text/estimate-tokens.ts'
import { type ShownLine, type ShownText, showLines } from './text/show-lines.ts'

/** How much of a bundle stands in prompts, in bytes of its files. */
export interface Coverage {
  bytes: number
  covered: number
  files: { path: string; bytes: number; covered: number }[]
}

/** A text file of the bundle, with its bytes as far as they may be read. */
export interface TextFile {
  path: string
  /** Of the whole file. */
  size: number
  bytes: Uint8Array
}

/** A run of lines of one file, inside one prompt. */
export interface Part extends Omit<ShownText, 'lines'> {
  path: string
  size: number
  lines: readonly ShownLine[]
  /** How many lines of the file were read. */
  lineCount: number
}

/** What stands together in one prompt. */
export interface Chunk {
  parts: Part[]
}

export interface ChunkLimits {
  /** Tokens of one chunk, without the instructions and the header around it. */
  tokensMax: number
  /** How much of a file's part is shown again at the start of its next part. */
  overlapBytes: number
  /** The longest piece of a line. */
  pieceCharsMax: number
  /** How many chunks there may be. What does not fit is in none. */
  chunksMax: number
}

/** The labels of a part take fewer tokens than this, beside its path. */
const labelTokens = 60

/**
 * Packs files into chunks so that every byte that was read is in one of them, and files that speak of
 * one another stand together where they fit.
 *
 * A file that is larger than a chunk is split between lines, and inside of a very long one. Its parts
 * overlap, so that what was split is seen whole once. What acts comes first, if not everything fits.
 * There is always a first chunk, even for nothing.
 */
export function planChunks(files: readonly TextFile[], limits: ChunkLimits): Chunk[] {
  const parts = new Map(files.map((file) => [file.path, showFile(file, limits)]))
  const readable: ReadFile[] = [...parts.values()].map(({ path, lines }) => ({
    path,
    text: lines.map(({ shown }) => shown).join('\n'),
  }))
  const packer = createPacker(limits)
  for (const group of relateFiles(readable)) {
    const members = group.flatMap((path) => parts.get(path) ?? [])
    packer.addTogether(members.filter(({ lines }) => lines.length > 0))
  }
  return packer.chunks.slice(0, limits.chunksMax)
}

/**
 * How much of the files stands in the chunks. `unread` are files that no prompt can hold, such as
 * binaries that nobody could account for.
 */
export function measureCoverage(
  chunks: readonly Chunk[],
  files: readonly { path: string; size: number }[],
  unread: readonly { path: string; size: number }[] = [],
): Coverage {
  const parts = Map.groupBy(
    chunks.flatMap((chunk) => chunk.parts),
    ({ path }) => path,
  )
  const measured = [
    ...files.map(({ path, size }) => ({ path, bytes: size, covered: countBytes(parts.get(path)) })),
    ...unread.map(({ path, size }) => ({ path, bytes: size, covered: 0 })),
  ].sort((one, other) => (one.path < other.path ? -1 : 1))
  return {
    bytes: measured.reduce((sum, { bytes }) => sum + bytes, 0),
    covered: measured.reduce((sum, { covered }) => sum + covered, 0),
    files: measured,
  }
}

/** Counts every byte once, also those in the overlap of two parts. */
function countBytes(parts: readonly Part[] = []): number {
  let reached = 0
  let counted = 0
  for (const { start, end } of parts.flatMap(({ lines }) => lines).toSorted(byStart)) {
    counted += Math.max(0, end - Math.max(start, reached))
    reached = Math.max(reached, end)
  }
  return counted
}

function byStart(one: ShownLine, other: ShownLine): number {
  return one.start - other.start
}

function showFile(file: TextFile, { pieceCharsMax }: ChunkLimits): Part {
  const isCutOff = file.bytes.length < file.size
  const text = showLines(file.bytes, { pieceCharsMax, isCutOff })
  return {
    ...text,
    path: file.path,
    size: file.size,
    lineCount: text.lines.at(-1)?.lastNumber ?? 0,
  }
}

function countTokens({ path, lines }: Part): number {
  const label = labelTokens + estimateTokens(path)
  return lines.reduce((sum, { tokens }) => sum + tokens, label)
}

function createPacker({ tokensMax, overlapBytes }: ChunkLimits) {
  let chunk: Chunk = { parts: [] }
  let room = tokensMax
  const chunks = [chunk]

  function open() {
    if (chunk.parts.length === 0) return
    chunk = { parts: [] }
    room = tokensMax
    chunks.push(chunk)
  }

  function add(part: Part) {
    chunk.parts.push(part)
    room -= countTokens(part)
  }

  /** Puts a file into as many chunks as it takes. */
  function addInParts(part: Part) {
    if (room < tokensMax / 4) open()
    let rest = part.lines
    for (;;) {
      const count = countFitting(rest, room - countTokens({ ...part, lines: [] }))
      add({ ...part, lines: rest.slice(0, count) })
      if (count === rest.length) return
      const kept = countOverlap(rest.slice(0, count), overlapBytes)
      rest = rest.slice(count - kept)
      open()
    }
  }

  function addFile(part: Part) {
    const tokens = countTokens(part)
    if (tokens > room && tokens <= tokensMax) open()
    if (tokens <= room) add(part)
    else addInParts(part)
  }

  return {
    chunks,
    addTogether(members: readonly Part[]) {
      const needed = members.reduce((sum, part) => sum + countTokens(part), 0)
      if (needed > room && needed <= tokensMax) open()
      for (const part of members) addFile(part)
    },
  }
}

/** How many lines fit; one at least, so that there is always an end. */
function countFitting(lines: readonly ShownLine[], tokens: number): number {
  let left = tokens
  const count = lines.findIndex((line) => {
    left -= line.tokens
    return left < 0
  })
  return count === -1 ? lines.length : Math.max(1, count)
}

/** How many of the last lines are shown again: enough bytes, but never all lines. */
function countOverlap(lines: readonly ShownLine[], bytes: number): number {
  const end = lines.at(-1)?.end ?? 0
  const count = lines.filter((line) => line.end > end - bytes).length
  return Math.min(count, lines.length - 1)
}
