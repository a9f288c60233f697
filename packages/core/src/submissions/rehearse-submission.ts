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
  {
    intake,
    policy,
    reviewer,
  }: Pick<Ports, 'intake' | 'policy'> & { reviewer: { isReady: boolean } },
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
  const would = foresee(baked, policy, reviewer.isReady)
  return { would, baked, droppedFiles }
}

function foresee(
  { inspection }: BakedVersion,
  policy: Ports['policy'],
  isReady: boolean,
): Rehearsal['would'] {
  if (isBlocked(inspection.checks)) return 'block'
  if (!policy.guardrailsEnabled) return 'approve'
  return isReady && !needsPerson(inspection, policy) ? 'approve' : 'hold'
}
