import { randomUUID } from 'node:crypto'
import { ServiceError } from '../../errors.ts'
import { actorOf, type Caller } from '../../identity/caller.ts'
import { newId } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import { barsOwner, isHumanOnly } from '../actions/action-map.ts'
import { canonicalContext } from '../actions/canonical-context.ts'
import { hashRequest } from '../actions/hash-request.ts'
import { ruleFor } from '../gate/judge-action.ts'
import type { Approval } from '../tickets/approval.ts'
import { rootWorkspaceId } from '../workspaces/workspace.ts'
import type { Submitted } from './confirmation-status.ts'

/** What became of a submission. */
export type SubmittedConfirmation =
  | { kind: 'auto_approved'; id: string }
  | { kind: 'pending'; approval: Approval }
  | { kind: 'rate_limited' }

export const rateWindowS = 3600
const idLength = 12
const autoIdLength = 8
const reasonMax = 4000

/**
 * Asks people whether an action may be done, unless a grant has answered already. Each submission is a
 * ticket of its own. The grants are looked at before the limit: what passes by one is not counted.
 */
export async function submitConfirmation(
  { transact }: Pick<Ports, 'transact'>,
  request: { caller: Caller; submitted: Submitted; limit: number },
): Promise<SubmittedConfirmation> {
  const { caller, submitted, limit } = request
  const { action } = submitted
  return transact(async (store) => {
    if (await passesByGrant(store, submitted)) return autoApprove(store, caller, submitted)
    const isSpent = await store.confirmations.isSpent({ action, limit, windowS: rateWindowS })
    if (isSpent) return { kind: 'rate_limited' }
    return { kind: 'pending', approval: await open(store, caller, submitted) }
  })
}

async function passesByGrant(
  { grants }: Store,
  { action, sessionKey }: Submitted,
): Promise<boolean> {
  const where = { workspaceId: rootWorkspaceId, action, sessionKey }
  if (await grants.findFor({ ...where, effect: 'deny' })) throw new ServiceError('denied_by_policy')
  if (isHumanOnly(action)) return false
  const grant = await grants.findFor({ ...where, effect: 'allow' })
  return grant !== undefined && (await grants.use(grant))
}

async function autoApprove(
  { audit }: Store,
  caller: Caller,
  submitted: Submitted,
): Promise<SubmittedConfirmation> {
  const { action, description, details, requester, sessionKey } = submitted
  const id = randomId(autoIdLength)
  const at = Date.now() / 1000
  await audit.append({
    actor: actorOf(caller),
    action: 'approval.auto_approved',
    resource: `confirmation:${id}`,
    params: {
      confirmation: {
        id,
        action,
        description,
        details,
        requester,
        session_key: sessionKey,
        status: 'auto_approved',
        resolved_by: 'whitelist',
        created_at: at,
        resolved_at: at,
        timeout_seconds: submitted.timeoutSeconds,
      },
    },
  })
  return { kind: 'auto_approved', id }
}

async function open(store: Store, caller: Caller, submitted: Submitted): Promise<Approval> {
  const { action, description, details, requester, sessionKey, timeoutSeconds } = submitted
  const confirmId = randomId(idLength)
  // The id makes it a ticket of its own: two submissions of the same are two questions.
  const context = canonicalContext({ confirmation_id: confirmId, description, details })
  const rule = ruleFor(action, { kind: 'agent' })
  return store.confirmations.open({
    id: newId(),
    workspaceId: rootWorkspaceId,
    action,
    context,
    requestHash: hashRequest({ workspaceId: rootWorkspaceId, action, context }),
    reason: description.slice(0, reasonMax).toWellFormed(),
    requesterId: caller.id,
    votesNeeded: rule.approvals,
    barsOwner: barsOwner(rule),
    confirmId,
    requesterLabel: requester,
    sessionKey,
    ttlS: timeoutSeconds,
  })
}

/** Names a submission, and opens nothing: whoever reads or decides needs a token. */
function randomId(length: number): string {
  return randomUUID().replaceAll('-', '').slice(0, length)
}
