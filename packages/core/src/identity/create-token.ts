import { ServiceError } from '../errors.ts'
import { type Id, newId } from '../ids.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../repositories.ts'
import { actorOf, type Caller } from './caller.ts'
import { handleFor } from './handle-for.ts'
import type { Token } from './principal.ts'
import { createSecretToken, hashSecretToken } from './secret-token.ts'

export interface TokenRequest {
  caller: Caller
  name: string
  /** `user`: speaks for the caller. `agent`: for an agent of the caller's, made with it. */
  kind: 'user' | 'agent'
  expiresInDays?: number | undefined
}

const dayMs = 86_400_000

/** A token, with the secret that is shown this once. */
export interface NewToken {
  token: Token
  secret: string
}

/** Makes a token. Its secret is given back this once; only its hash is kept. */
export async function createToken(
  { transact }: Pick<Ports, 'transact'>,
  { caller, kind, name, expiresInDays }: TokenRequest,
): Promise<NewToken> {
  if (caller.kind !== 'user') throw new ServiceError('forbidden')
  return transact(async (store) => {
    const principalId = kind === 'agent' ? await addAgent(store, caller, name) : caller.id
    return insertToken(store, { caller, kind, name, principalId, expiresInDays })
  })
}

/** Writes a token that speaks for a principal, in the caller's transaction. */
export async function insertToken(
  store: Store,
  request: TokenRequest & { principalId: Id },
): Promise<NewToken> {
  const { caller, kind, name, principalId, expiresInDays } = request
  const secret = createSecretToken()
  const createdAt = new Date()
  const expiresAt = expiresInDays ? new Date(createdAt.getTime() + expiresInDays * dayMs) : null
  const token = { id: newId(), principalId, creatorId: caller.id, kind, name, expiresAt }
  await store.tokens.insert({ ...token, hash: hashSecretToken(secret) })
  await store.audit.append({
    actor: actorOf(caller),
    action: 'token.create',
    resource: `token:${token.id}`,
    params: { kind, name, principal_id: principalId },
  })
  return { token: { ...token, createdAt }, secret }
}

async function addAgent({ principals }: Store, caller: Caller, name: string): Promise<Id> {
  const agent = await principals.insert({
    id: newId(),
    kind: 'agent',
    email: null,
    handle: `${caller.handle}-${handleFor(name)}`,
    role: null,
    ownerId: caller.id,
    passwordHash: null,
  })
  if (!agent) throw new Error('An agent has no e-mail that could be taken.')
  return agent.id
}
