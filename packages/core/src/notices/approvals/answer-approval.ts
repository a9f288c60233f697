import type { Approval, VoteVerdict } from '../../approvals/tickets/approval.ts'
import { decideApproval } from '../../approvals/tickets/decide-approval.ts'
import { ServiceError } from '../../errors.ts'
import { asCaller, type Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import type { AnswerToken } from '../notice-repository.ts'
import { hashAnswerToken } from './answer-token.ts'

export interface Answer {
  token: string
  verdict: VoteVerdict
  comment: string
  /** Who clicked, as their chat says; left out for a token that is one person's own. */
  clickedBy?: { channel: 'telegram'; externalUser: string } | undefined
}

/**
 * Takes an answer that came by a button or a link, as if the person had given it here: whoever may not
 * decide may not decide this way either. Gives the request as it is now.
 */
export async function answerApproval(
  ports: Pick<Ports, 'store' | 'transact'>,
  { token, verdict, comment, clickedBy }: Answer,
): Promise<Approval> {
  const { store } = ports
  const answered = await requireToken(store, token)
  if (answered.channel !== (clickedBy?.channel ?? 'email')) throw new ServiceError('not_found')
  const caller = await requirePerson(store, await findHolder(store, answered, clickedBy))
  await decideApproval(ports, {
    caller,
    approvalId: answered.approvalId,
    verdict,
    comment,
    needsComment: clickedBy === undefined,
  })
  return requireApproval(store, answered.approvalId)
}

/** What a link shows before anybody answers. Reading it changes nothing, however often. */
export async function readQuestion(
  { store }: Pick<Ports, 'store'>,
  token: string,
): Promise<Approval> {
  return requireApproval(store, (await requireToken(store, token)).approvalId)
}

async function requireToken({ answers }: Store, token: string): Promise<AnswerToken> {
  const found = await answers.find(hashAnswerToken(token))
  if (!found) throw new ServiceError('not_found')
  return found
}

async function requireApproval({ approvals }: Store, id: Id): Promise<Approval> {
  const approval = await approvals.find(id)
  if (!approval) throw new ServiceError('not_found')
  return approval
}

async function findHolder(
  { answers }: Store,
  { principalId }: AnswerToken,
  clickedBy: Answer['clickedBy'],
): Promise<Id> {
  if (principalId !== null) return principalId
  const { channel, externalUser } = clickedBy ?? {}
  const identity =
    channel && externalUser ? await answers.findIdentity(channel, externalUser) : undefined
  if (identity) return identity.principalId
  throw new ServiceError('not_eligible', {
    detail: `Nobody here is known as ${externalUser}. Ask an admin to link that account to yours.`,
  })
}

async function requirePerson({ principals }: Store, id: Id): Promise<Caller> {
  const person = await principals.find(id)
  if (!person || person.kind !== 'user' || person.disabledAt) throw new ServiceError('not_eligible')
  return asCaller(person)
}
