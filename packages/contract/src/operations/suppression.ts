import { Id } from '@countersign/core/ids'
import type { Suppression } from '@countersign/core/suppressions/suppression'
import { z } from 'zod'
import { Moment, PageQuery, viewMoment } from '../page.ts'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in hexadecimal')

/** What an admin says to have a rule be wrong about one thing. */
export const SuppressionBody = z
  .strictObject({
    entity_id: Id,
    rule_id: z.string().regex(/^[A-Z]{2,6}-\d{3}$/, 'is not the id of a rule'),
    fingerprint: Sha256.optional().describe('One finding, wherever it stands.'),
    file_sha256: Sha256.optional().describe('Whatever the rule finds in a file of these bytes.'),
    reason: z.string().min(4).max(2000),
    expires_in_days: z.int().min(1).max(365).default(90),
  })
  .refine(
    ({ fingerprint, file_sha256 }) => (fingerprint === undefined) !== (file_sha256 === undefined),
    { path: ['fingerprint'], message: 'either this or file_sha256 is needed, and not both' },
  )

export type SuppressionBody = z.input<typeof SuppressionBody>

export const SuppressionQuery = PageQuery.extend({
  entity_id: Id.optional(),
  active: z.stringbool().default(true).describe('Leave out those that are over.'),
})

export const SuppressionView = z
  .object({
    id: Id,
    entity_id: Id,
    rule_id: z.string(),
    fingerprint: z.string().nullable(),
    file_sha256: z.string().nullable(),
    reason: z.string(),
    created_by: Id,
    created_at: Moment,
    expires_at: Moment,
    ended_at: Moment.nullable(),
  })
  .meta({ id: 'Suppression' })
export type SuppressionView = z.infer<typeof SuppressionView>

export function viewSuppression(suppression: Suppression): SuppressionView {
  const { id, entityId, ruleId, fingerprint, fileSha256, reason, createdBy } = suppression
  return {
    id,
    entity_id: entityId,
    rule_id: ruleId,
    fingerprint,
    file_sha256: fileSha256,
    reason,
    created_by: createdBy,
    created_at: viewMoment(suppression.createdAt),
    expires_at: viewMoment(suppression.expiresAt),
    ended_at: viewMoment(suppression.revokedAt),
  }
}
