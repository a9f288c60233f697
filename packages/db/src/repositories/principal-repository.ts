import type { Account, Principal } from '@countersign/core/identity/principal'
import type { PrincipalRepository } from '@countersign/core/repositories'
import { and, asc, eq, isNull, lt, ne, sql } from 'drizzle-orm'
import { ago } from '../clock.ts'
import type { Connection } from '../connection.ts'
import { principals } from '../schema/identity.ts'

/** How long an installation is being set up. */
const setUpMs = 86_400_000

export function createPrincipalRepository(db: Connection): PrincipalRepository {
  return {
    async find(id) {
      const [row] = await db.select().from(principals).where(eq(principals.id, id))
      return row && toPrincipal(row)
    },

    async findAccount(email) {
      const [row] = await db
        .select()
        .from(principals)
        .where(eq(sql`lower(${principals.email})`, email.toLowerCase()))
      // The table's own check says that a row with an e-mail is a person's.
      return row as Account | undefined
    },

    async insert(principal) {
      for (let suffix = 1; ; suffix += 1) {
        const handle = suffixed(principal.handle, suffix)
        const [row] = await db
          .insert(principals)
          .values({ ...principal, handle })
          .onConflictDoNothing()
          .returning()
        if (row) return toPrincipal(row)
        if (await isEmailTaken(db, principal.email)) return undefined
      }
    },

    async update(id, changes) {
      const [row] = await db
        .update(principals)
        .set(changes)
        .where(eq(principals.id, id))
        .returning()
      return row && toPrincipal(row)
    },

    async countAdmins(except) {
      const isOther = except ? ne(principals.id, except) : undefined
      return db.$count(principals, and(isAdmin, isOther))
    },

    async lockAdmins() {
      const rows = await db
        .select({ id: principals.id })
        .from(principals)
        .where(isAdmin)
        .orderBy(asc(principals.id))
        .for('no key update')
      return rows.map(({ id }) => id)
    },

    async isBeingSetUp() {
      const isOld = lt(principals.createdAt, ago(setUpMs))
      return (await db.$count(principals, and(eq(principals.role, 'admin'), isOld))) === 0
    },
  }
}

const isAdmin = and(eq(principals.role, 'admin'), isNull(principals.disabledAt))

function suffixed(handle: string, suffix: number): string {
  return suffix === 1 ? handle : `${handle}-${suffix}`
}

async function isEmailTaken(db: Connection, email: string | null): Promise<boolean> {
  if (email === null) return false
  const [row] = await db
    .select({ id: principals.id })
    .from(principals)
    .where(eq(sql`lower(${principals.email})`, email.toLowerCase()))
  return row !== undefined
}

function toPrincipal({ passwordHash: _, ...row }: typeof principals.$inferSelect): Principal {
  return row
}
