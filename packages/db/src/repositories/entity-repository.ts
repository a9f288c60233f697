import type { EntityRepository } from '@countersign/core/repositories'
import type { Entity } from '@countersign/core/store/entity'
import { and, eq, sql } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { entities, slugClaims } from '../schema/store.ts'
import { defineStatement } from '../statement.ts'
import { writeFirstOffer } from './offers/write-offer.ts'

const findBySlug = defineStatement((words) =>
  words
    .select({ entity: entities })
    .from(slugClaims)
    .innerJoin(entities, eq(entities.id, slugClaims.entityId))
    .where(eq(slugClaims.slug, sql.placeholder('slug'))),
)

export function createEntityRepository(db: Connection): EntityRepository {
  return {
    async find(id) {
      const [row] = await db.select().from(entities).where(eq(entities.id, id))
      return row
    },

    async lock(id) {
      const [row] = await db.select().from(entities).where(eq(entities.id, id)).for('update')
      return row
    },

    async findBySlug(slug) {
      const [row] = await findBySlug(db, { slug })
      return row?.entity
    },

    async create(entity, opening) {
      return writeFirstOffer(db, entity, opening)
    },

    async update(id, changes) {
      const [row] = await db
        .update(entities)
        .set({ ...changes, revision: sql`${entities.revision} + 1`, updatedAt: sql`now()` })
        .where(eq(entities.id, id))
        .returning()
      return present(row)
    },

    async claimSlug(slug, entityId, isCurrent) {
      // The update changes nothing; without it, a slug that is the entity's own would give no row.
      const rows = await db
        .insert(slugClaims)
        .values({ slug, entityId, isCurrent })
        .onConflictDoUpdate({
          target: slugClaims.slug,
          set: { slug },
          setWhere: eq(slugClaims.entityId, entityId),
        })
        .returning({ slug: slugClaims.slug })
      return rows.length > 0
    },

    async releaseSlugs(entityId, which) {
      const isProposed = which === 'proposed' ? eq(slugClaims.isCurrent, false) : undefined
      await db.delete(slugClaims).where(and(eq(slugClaims.entityId, entityId), isProposed))
    },

    async delete(id) {
      await db.delete(entities).where(eq(entities.id, id))
    },
  }
}

function present(row: Entity | undefined): Entity {
  if (!row) throw new Error('An entity is gone in its own transaction.')
  return row
}
