import { type Gated, gateDestructive } from '../../approvals/gate/gate-destructive.ts'
import { ServiceError } from '../../errors.ts'
import { actorOf, type Caller, requireAdmin } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import { hideLive } from '../../store/hide-live.ts'
import { recordSubmission } from '../record-submission.ts'
import { type Submission, submissionMachine } from '../submission.ts'
import { withEntityOf, writeDecision } from './require-decidable.ts'

/**
 * Deletes one submission and gives up its bytes, once another admin has approved it. Its record stays,
 * and so do the entity and its other versions; if it is the one that is served, that is hidden.
 */
export async function deleteSubmission(
  ports: Pick<Ports, 'store' | 'transact' | 'locks'>,
  { caller, submissionId, isSolo }: { caller: Caller; submissionId: Id; isSolo: boolean },
): Promise<Gated<void>> {
  requireAdmin(caller)
  const submission = await requireDeletable(ports.store, submissionId)
  const gated = {
    caller,
    alone: isSolo ? ('only_admin' as const) : undefined,
    action: 'store.submission.delete' as const,
    context: describe(submission),
    reason: `Delete the submission of version ${submission.n}`,
  }
  return withEntityOf(ports, { submissionId }, () =>
    gateDestructive(ports, gated, (store) => remove(store, caller, submission)),
  )
}

async function remove(store: Store, caller: Caller, asked: Submission): Promise<void> {
  const entity = await store.entities.lock(asked.entityId)
  if (!entity) throw new ServiceError('not_found')
  const submission = await requireDeletable(store, asked.id)
  if (submission.status !== asked.status) throw new ServiceError('precondition_failed')
  const deleted = await writeDecision(store, submission, {
    status: 'deleted',
    bundlePurgedAt: submission.bundlePurgedAt ?? new Date(),
  })
  await store.entities.releaseSlugs(entity.id, 'proposed')
  await recordSubmission(store, {
    action: 'deleted',
    actor: actorOf(caller),
    submission: deleted,
    entity,
    params: { prior_status: submission.status },
  })
  await hideLive(store, entity, deleted)
}

async function requireDeletable(
  { submissions }: Pick<Store, 'submissions'>,
  id: Id,
): Promise<Submission> {
  const submission = await submissions.find(id)
  const status = submission && submissionMachine.after(submission.status, 'delete')
  if (!submission || !status) throw new ServiceError('not_found')
  return submission
}

function describe({ id, entityId, n, status, versionHash }: Submission) {
  return {
    submission_id: id,
    entity_id: entityId,
    version_no: n,
    status,
    version_hash: versionHash,
  }
}
