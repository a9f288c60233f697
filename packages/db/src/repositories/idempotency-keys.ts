import type {
  IdempotencyClaim,
  IdempotencyKeys,
  RepeatableRequest,
} from '@countersign/core/identity/idempotency-keys'
import { newId } from '@countersign/core/ids'
import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import { ago, dayMs, hence, isPast } from '../clock.ts'
import type { Connection } from '../connection.ts'
import { idempotencyKeys } from '../schema/operations.ts'

const isOver = lte(idempotencyKeys.startedAt, ago(dayMs))
const isAbandoned = and(isNull(idempotencyKeys.responseStatus), isPast(idempotencyKeys.leaseUntil))

export function createIdempotencyKeys(db: Connection): IdempotencyKeys {
  return {
    async claim(request, leaseMs) {
      const leaseId = newId()
      const fresh = { ...request, leaseId, leaseUntil: hence(leaseMs), startedAt: hence(0) }
      const [taken] = await db
        .insert(idempotencyKeys)
        .values(fresh)
        .onConflictDoUpdate({
          target: [idempotencyKeys.principalId, idempotencyKeys.key],
          set: { ...fresh, responseStatus: null, responseHeaders: null, responseBody: null },
          setWhere: sql`${isOver} or (${isAbandoned} and ${isSameRequest(request)})`,
        })
        .returning({ leaseId: idempotencyKeys.leaseId })
      if (taken) return { kind: 'first', leaseId }
      return readClaim(db, request)
    },

    async complete(request, leaseId, { status, headers, body }) {
      await db
        .update(idempotencyKeys)
        .set({ responseStatus: status, responseHeaders: headers, responseBody: body })
        .where(and(isKey(request), eq(idempotencyKeys.leaseId, leaseId)))
    },

    async release(request, leaseId) {
      const isMine = and(isKey(request), eq(idempotencyKeys.leaseId, leaseId))
      await db.delete(idempotencyKeys).where(isMine)
    },

    async forgetOld() {
      const forgotten = await db
        .delete(idempotencyKeys)
        .where(isOver)
        .returning({ key: idempotencyKeys.key })
      return forgotten.length
    },
  }
}

async function readClaim(db: Connection, request: RepeatableRequest): Promise<IdempotencyClaim> {
  const [row] = await db.select().from(idempotencyKeys).where(isKey(request))
  if (!row) return { kind: 'running' }
  const isSame =
    row.method === request.method &&
    row.path === request.path &&
    row.requestHash === request.requestHash
  if (!isSame) return { kind: 'mismatch' }
  const { responseStatus: status, responseHeaders: headers, responseBody: body } = row
  if (status === null) return { kind: 'running' }
  return {
    kind: 'replay',
    response: { status, headers: headers ?? {}, body: body ?? new Uint8Array() },
  }
}

function isKey({ principalId, key }: RepeatableRequest) {
  return and(eq(idempotencyKeys.principalId, principalId), eq(idempotencyKeys.key, key))
}

function isSameRequest({ method, path, requestHash }: RepeatableRequest) {
  return and(
    eq(idempotencyKeys.method, method),
    eq(idempotencyKeys.path, path),
    eq(idempotencyKeys.requestHash, requestHash),
  )
}
