import type { BundleFile } from '../store/file-tree.ts'
import { type BundleLines, createBundleLines } from './bundle-lines.ts'
import { type Coverage, measureCoverage, planChunks, type TextFile } from './coverage.ts'
import { buildPrompt, countOverhead } from './prompt/build-prompt.ts'
import type { BundleFacts } from './prompt/bundle-facts.ts'
import { inReadingOrder } from './relate-files.ts'
import type { ReviewPrompt } from './reviewer.ts'

export interface PrepareRequest {
  facts: BundleFacts
  /** The files whose bytes are text. */
  textFiles: readonly Pick<BundleFile, 'path' | 'size' | 'read'>[]
  /** The files that neither a check nor the model can account for. */
  unaccounted: readonly { path: string; size: number }[]
  /** How many bytes of text the model may be asked to read. */
  bytesMax: number
  /** How many tokens one prompt may hold. */
  promptTokensMax: number
}

/** Everything there is to ask about a bundle, and how much of it that covers. */
export interface PreparedReview {
  prompts: readonly ReviewPrompt[]
  coverage: Coverage
  lines: BundleLines
}

/** A bundle whose header leaves less than this for its files is cut into many small prompts all the same. */
const chunkTokensMin = 4_000

/** So many prompts hold the largest honest bundle several times; only one made to be dear needs more. */
const chunksMax = 40

/**
 * Reads the text of a bundle and makes the prompts for it.
 *
 * Where the text is more than may be asked, what acts is read before what is only read, and the rest is
 * not covered. The same bytes give the same prompts, up to their fences and receipts.
 */
export async function prepareReview(request: PrepareRequest): Promise<PreparedReview> {
  const { facts, bytesMax, promptTokensMax, unaccounted } = request
  const files = await readFiles(request.textFiles, bytesMax)
  const chunks = planChunks(files, {
    tokensMax: Math.max(chunkTokensMin, promptTokensMax - countOverhead(facts)),
    overlapBytes: 2_000,
    pieceCharsMax: 2_000,
    chunksMax,
  })
  return {
    prompts: chunks.map((chunk, nth) => buildPrompt(facts, { chunk, nth, count: chunks.length })),
    coverage: measureCoverage(chunks, files, unaccounted),
    lines: createBundleLines(
      chunks,
      facts.files.map(({ path }) => path),
    ),
  }
}

/** Reads the files one after the other, so that a bundle is never in memory beyond what is shown of it. */
async function readFiles(
  files: PrepareRequest['textFiles'],
  bytesMax: number,
): Promise<TextFile[]> {
  const read: TextFile[] = []
  let left = bytesMax
  for (const file of inReadingOrder(files)) {
    const bytes = left > 0 ? upToLine(await file.read(), left) : new Uint8Array()
    read.push({ path: file.path, size: file.size, bytes })
    left -= bytes.length
  }
  return read
}

/** As many whole lines as fit; or, where not even one does, as many bytes. */
function upToLine(bytes: Uint8Array, bytesMax: number): Uint8Array {
  if (bytes.length <= bytesMax) return bytes
  const lastBreak = bytes.lastIndexOf(0x0a, bytesMax - 1)
  return bytes.slice(0, lastBreak === -1 ? bytesMax : lastBreak + 1)
}
