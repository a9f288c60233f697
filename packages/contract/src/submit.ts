import { EntityType } from '@countersign/core/store/entity'
import type { Rehearsal } from '@countersign/core/submissions/rehearse-submission'
import { z } from 'zod'
import { CapabilitiesView } from './capabilities.ts'
import { ChecksView, viewChecks } from './finding.ts'
import { ReviewView } from './submission.ts'

const Name = z.string().trim().min(1).max(64)
const Description = z.string().trim().min(1).max(4000)

/** A free slug. An empty text means: none. */
const Category = z
  .string()
  .trim()
  .regex(/^([a-z0-9]+(-[a-z0-9]+)*)?$/, 'is a slug: lower-case letters, digits, single hyphens')
  .max(40)

/** A file of a form. What is checked here is its name. */
const File = z
  .string({ error: 'is needed: a .zip, or a .skill' })
  .meta({ format: 'binary', description: 'A `.zip`; or a `.skill`, for one SKILL.md.' })

/** The form that submits a bundle. */
export const SubmitFields = z.object({
  file: File,
  type: EntityType,
  description: Description,
  name: Name.optional(),
  category: Category.transform((category) => category || undefined).optional(),
})

/** What a PUT may change; as a form, together with a bundle; or as JSON, without one. */
export const EditFields = z.object({
  file: File.optional(),
  type: EntityType.optional(),
  name: Name.optional(),
  description: Description.optional(),
  category: Category.transform((category) => category || null)
    .nullable()
    .optional(),
})

/** What would become of a bundle. */
export const RehearsalView = z
  .object({
    would: z.enum(['approve', 'block', 'hold']),
    checks: ChecksView,
    capabilities: CapabilitiesView,
    review: ReviewView.nullable().describe('Always null: a rehearsal asks no model.'),
    dropped_files: z.array(z.string()),
  })
  .meta({ id: 'Rehearsal' })
export type RehearsalView = z.infer<typeof RehearsalView>

export function viewRehearsal({ would, baked, droppedFiles }: Rehearsal): RehearsalView {
  const { checks, capabilities } = baked.inspection
  return {
    would,
    checks: viewChecks(checks),
    capabilities,
    review: null,
    dropped_files: droppedFiles,
  }
}
