import { diffCapabilities } from '../capabilities/diff-capabilities.ts'
import { isBlocked } from '../guardrails/inspection.ts'
import type { BakedVersion, Ports } from '../ports.ts'
import { decideVerdict } from '../reviews/decide-verdict.ts'
import { nameBundle } from './name-bundle.ts'
import type { SubmitRequest } from './submit-bundle.ts'

export interface Rehearsal {
  would: 'approve' | 'block' | 'hold'
  baked: BakedVersion
  droppedFiles: string[]
}

/**
 * Tells what would become of a bundle, by the very checks that a submission goes through. Stores,
 * audits and charges nothing, and so asks no model: `approve` means that only its word is missing.
 *
 * No suppression is asked for: one holds for one entity, and what is rehearsed is not one yet.
 */
export async function rehearseSubmission(
  { intake, policy }: Pick<Ports, 'intake' | 'policy'>,
  request: SubmitRequest,
): Promise<Rehearsal> {
  await using bundle = await intake.open(request.upload, request.type)
  const { name, caller } = request
  const named = nameBundle({ name, personHandle: caller.personHandle }, bundle)
  const baked = await bundle.bake(
    { slug: named.slug, n: 1 },
    { ...request, ...named },
    { isRehearsal: true },
  )
  const { droppedFiles } = bundle
  return { would: foresee(baked, policy), baked, droppedFiles }
}

/** The verdict that would be reached if the model had nothing to say against it. */
function foresee(
  { inspection, files }: BakedVersion,
  { guardrailsEnabled, hasReviewer, humanReviewFor, reviewMaxBytes }: Ports['policy'],
): Rehearsal['would'] {
  const { checks, capabilities, textFiles, unaccounted } = inspection
  if (isBlocked(checks)) return 'block'
  if (!guardrailsEnabled) return 'approve'
  const text = textFiles.reduce((sum, { bytes }) => sum + bytes, 0)
  const opaque = files.filter(({ path }) => unaccounted.includes(path))
  const { outcome } = decideVerdict({
    judgement: {
      riskLevel: 'safe',
      summary: '',
      findings: [],
      contentQuality: { verdict: 'pass', issues: [] },
    },
    coverage: {
      bytes: text,
      covered: Math.min(text, reviewMaxBytes),
      files: [
        ...opaque.map(({ path, size }) => ({ path, bytes: size, covered: 0 })),
        ...(text > reviewMaxBytes ? [{ path: '', bytes: text, covered: reviewMaxBytes }] : []),
      ],
    },
    staticFindings: checks.static_security.findings,
    capabilityDelta: diffCapabilities(undefined, capabilities),
    humanReviewFor,
  })
  return hasReviewer && outcome === 'approve' ? 'approve' : 'hold'
}
