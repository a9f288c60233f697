import { Id } from '@countersign/core/ids'
import type { TimelineEntry } from '@countersign/core/reads'
import type { FileEntry } from '@countersign/core/store/file-tree'
import { DecisionReason } from '@countersign/core/submissions/decisions/decision-reason'
import { decisionReasons } from '@countersign/core/submissions/decisions/decision-reasons'
import { SubmissionStatus } from '@countersign/core/submissions/submission'
import { z } from 'zod'
import { EntityView } from './entity.ts'
import { Moment, pageOf, viewMoment } from './page.ts'
import { SubmissionView } from './submission.ts'
import { ThreadView, viewThread } from './thread.ts'
import { FileListView, viewFileEntry } from './version.ts'

export const ReasonBody = z.object({
  reason: z
    .string()
    .max(4000)
    .optional()
    .describe('At least 4 characters, unless a code is given.'),
  reason_code: DecisionReason.optional().describe(describeReasons()),
})
export type ReasonBody = z.input<typeof ReasonBody>
export const ApproveBody = z.object({ comment: z.string().max(4000).optional() })
export const RescanBody = z.object({ hide_on_fail: z.boolean().optional() })

export const BulkRetryBody = z.object({
  status: z.array(SubmissionStatus).default(['pending_llm', 'review_error']),
  ids: z.array(Id).max(1000).optional(),
  limit: z.int().min(1).max(1000).default(200),
})

export const BulkRescanBody = z.object({
  status: z.array(SubmissionStatus).default(['approved', 'overridden']),
  ids: z.array(Id).max(500).optional(),
  decided_before: Moment.optional().describe('So that what was rescanned is not found again.'),
  hide_on_fail: z.boolean().default(false),
  limit: z.int().min(1).max(500).default(100),
})

export const BulkRetryView = z
  .object({
    queued: z.array(z.object({ id: Id })),
    skipped: z.array(z.object({ id: Id, reason: z.string() })),
  })
  .meta({ id: 'BulkRetry' })
export type BulkRetryView = z.infer<typeof BulkRetryView>

export const AdminSubmissionList = pageOf(SubmissionView).extend({
  counts: z.partialRecord(SubmissionStatus, z.int()),
})
export type AdminSubmissionList = z.infer<typeof AdminSubmissionList>

/** Everything that a decision needs, in one reading. */
export const AdminSubmissionView = SubmissionView.extend({
  entity: EntityView,
  timeline: z.array(
    z.object({
      id: Id,
      at: Moment,
      actor: z.object({ id: z.string(), kind: z.string() }),
      action: z.string(),
      params: z.record(z.string(), z.unknown()),
    }),
  ),
  thread: ThreadView,
  files: FileListView.shape.items,
  previous: z.object({ version_no: z.int() }).nullable(),
}).meta({ id: 'AdminSubmission' })
export type AdminSubmissionView = z.infer<typeof AdminSubmissionView>

export function viewAdminSubmission(parts: {
  submission: SubmissionView
  entity: EntityView
  timeline: TimelineEntry[]
  files: FileEntry[]
  previousN: number | null
}): AdminSubmissionView {
  const { submission, entity, timeline, files, previousN } = parts
  return {
    ...submission,
    entity,
    timeline: timeline.map(({ at, params, ...entry }) => ({
      ...entry,
      at: viewMoment(at),
      params: { ...params },
    })),
    thread: viewThread(timeline, { withNotes: true }),
    files: files.map(viewFileEntry),
    previous: previousN === null ? null : { version_no: previousN },
  }
}

/** The texts that stand for the codes, where whoever reads the API finds them. */
function describeReasons(): string {
  const texts = Object.entries(decisionReasons).map(([code, text]) => `- \`${code}\`: ${text}`)
  return ['Stands for a text, unless one is given:', ...texts].join('\n')
}
