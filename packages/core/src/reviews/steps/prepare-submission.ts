import type { Finding } from '../../guardrails/finding.ts'
import type { Ports } from '../../ports.ts'
import type { Entity } from '../../store/entity.ts'
import type { FileEntry, FileTree } from '../../store/file-tree.ts'
import type { Submission } from '../../submissions/submission.ts'
import { type PreparedReview, prepareReview } from '../prepare-review.ts'
import type { ReviewModel } from '../reviewer.ts'

type PreparePorts = Pick<Ports, 'bundles' | 'policy'> & {
  reviewer: Pick<ReviewModel, 'promptTokensMax'>
}

/**
 * Reads what was submitted, and makes all that there is to ask about it, with what the checks found as
 * hints. Every time the same.
 */
export async function prepareSubmission(
  { bundles, reviewer, policy }: PreparePorts,
  offered: {
    submission: Submission
    entity: Entity
    files: readonly FileEntry[]
    open: readonly Finding[]
  },
): Promise<PreparedReview> {
  const { submission, entity, files, open: hints } = offered
  const { proposed } = submission
  const tree = await bundles.open(submission.versionHash)
  const readable = listReadable(files, submission.unaccounted)
  return prepareReview({
    facts: {
      type: entity.type,
      name: proposed.name ?? entity.name,
      description: proposed.description ?? entity.description,
      files,
      capabilities: submission.capabilities,
      capabilityDelta: submission.capabilityDelta,
      hints,
    },
    textFiles: tree.filter(({ path }) => readable.has(path)),
    unaccounted: pick(tree, submission.unaccounted),
    bytesMax: policy.reviewMaxBytes,
    promptTokensMax: reviewer.promptTokensMax,
  })
}

/**
 * What the model reads: every text, also one that is not shown as such for a stray byte in it. It is
 * told of what the checks could not read either, and shown nothing of pictures and fonts.
 */
function listReadable(files: readonly FileEntry[], unaccounted: readonly string[]): Set<string> {
  const opaque = new Set(unaccounted)
  const readable = files.filter(
    ({ path, kind }) => kind === 'text' || (kind === 'binary' && !opaque.has(path)),
  )
  return new Set(readable.map(({ path }) => path))
}

function pick(tree: FileTree, paths: readonly string[]) {
  const wanted = new Set(paths)
  return tree.filter(({ path }) => wanted.has(path)).map(({ path, size }) => ({ path, size }))
}
