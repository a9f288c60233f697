import type { Reads } from '@countersign/core/reads'
import { aliasedTable, and, eq, isNull, or, sql } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { principals, tokens } from '../schema/identity.ts'

const owners = aliasedTable(principals, 'owners')

/** Finds who a token speaks for. An agent whose owner is disabled is disabled with them. */
export function createFindCaller(db: Connection): Reads['findCaller'] {
  const query = db
    .select({
      id: principals.id,
      kind: principals.kind,
      handle: principals.handle,
      email: principals.email,
      role: principals.role,
      ownerId: owners.id,
      ownerHandle: owners.handle,
      tokenKind: tokens.kind,
    })
    .from(tokens)
    .innerJoin(principals, eq(principals.id, tokens.principalId))
    .leftJoin(owners, eq(owners.id, principals.ownerId))
    .where(
      and(
        eq(tokens.hash, sql.placeholder('hash')),
        isNull(tokens.revokedAt),
        or(isNull(tokens.expiresAt), sql`${tokens.expiresAt} > clock_timestamp()`),
        isNull(principals.disabledAt),
        isNull(owners.disabledAt),
      ),
    )
    .prepare('find_caller')

  return async (hash) => {
    const [row] = await query.execute({ hash })
    if (!row) return undefined
    const { id, kind, handle, email, role, ownerId, ownerHandle, tokenKind } = row
    const person = { personId: ownerId ?? id, personHandle: ownerHandle ?? handle }
    return {
      caller: { id, kind, handle, email, role, ...person },
      isSession: tokenKind === 'session',
    }
  }
}
