import type { Principal } from '../identity/principal.ts'
import { createSecretToken, hashSecretToken } from '../identity/secret-token.ts'
import { newId } from '../ids.ts'
import type { Ports } from '../ports.ts'

/** Whoever fetches what is served, to compare it with what is live. */
export interface ProbeClient {
  token: string
  handle: string
}

/** The person whose marketplace is fetched. Nobody can log in as them. */
const probeEmail = 'probe@countersign.invalid'
const tokenTtlMs = 300_000

/** The person as whom the probe looks, made when it looks for the first time. */
export async function ensureProbe({ store }: Pick<Ports, 'store'>): Promise<Principal> {
  const known = await store.principals.findAccount(probeEmail)
  const made =
    known ??
    (await store.principals.insert({
      id: newId(),
      kind: 'user',
      email: probeEmail,
      handle: 'probe',
      role: 'user',
      ownerId: null,
      passwordHash: null,
    }))
  if (!made) throw new Error('Somebody else made the probe at the same time.')
  return made
}

/** Works with a token that is good for this pass only. */
export async function asClient<T>(
  { store }: Pick<Ports, 'store'>,
  { id, handle }: Principal,
  work: (client: ProbeClient) => Promise<T>,
): Promise<T> {
  const token = createSecretToken()
  const hash = hashSecretToken(token)
  const expiresAt = new Date(Date.now() + tokenTtlMs)
  const session = {
    id: newId(),
    principalId: id,
    creatorId: id,
    kind: 'session',
    name: 'probe',
  } as const
  await store.tokens.insert({ ...session, hash, expiresAt })
  try {
    return await work({ token, handle })
  } finally {
    await store.tokens.revokeByHash(hash)
  }
}
