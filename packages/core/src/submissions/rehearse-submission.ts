import { diffCapabilities } from '../capabilities/diff-capabilities.ts'
import { isBlocked } from '../guardrails/inspection.ts'
import type { BakedVersion, Ports } from '../ports.ts'
import { needsPerson } from '../reviews/needs-person.ts'
import { nameBundle, type SubmitRequest } from './submit-bundle.ts'

export interface Rehearsal {
  would: 'approve' | 'block' | 'hold'
  baked: BakedVersion
  droppedFiles: string[]
}

/**
 * Tells what would become of a bundle, by the very checks that a submission goes through. Stores,
 * audits and charges nothing, and so asks no model: `approve` means that only its word is missing.
 */
export async function rehearseSubmission(
  { intake, policy }: Pick<Ports, 'intake' | 'policy'>,
  request: SubmitRequest,
): Promise<Rehearsal> {
  await using bundle = await intake.open(request.upload, request.type)
  const named = nameBundle(request, bundle)
  const baked = await bundle.bake(
    { slug: named.slug, n: 1 },
    { ...request, ...named },
    { isRehearsal: true },
  )
  const { droppedFiles } = bundle
  const would = foresee(baked, policy)
  return { would, baked, droppedFiles }
}

function foresee({ inspection }: BakedVersion, policy: Ports['policy']): Rehearsal['would'] {
  if (isBlocked(inspection.checks)) return 'block'
  if (!policy.guardrailsEnabled) return 'approve'
  const { checks, capabilities, unaccounted } = inspection
  const isFlagged = checks.static_security.findings.some(({ tier }) => tier === 'human')
  const delta = diffCapabilities(undefined, capabilities)
  const isHeld = needsPerson({ delta, isFlagged }, policy.humanReviewFor) || unaccounted.length > 0
  return policy.hasReviewer && !isHeld ? 'approve' : 'hold'
}
