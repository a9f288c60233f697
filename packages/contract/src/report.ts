import type { Finding } from '@countersign/core/guardrails/finding'
import { checkNames } from '@countersign/core/guardrails/inspection'
import { Id } from '@countersign/core/ids'
import type { SubmissionDetail } from '@countersign/core/reads'
import { SubmissionStatus } from '@countersign/core/submissions/submission'
import { z } from 'zod'
import { CapabilitiesView } from './capabilities.ts'
import { FindingView, viewFinding } from './finding.ts'

/** Everything that was found in a submission, for a CI job. */
export const ReportView = z
  .object({
    submission_id: Id,
    entity_id: Id,
    version_no: z.int(),
    version_hash: z.string(),
    status: SubmissionStatus,
    policy_version: z.string(),
    findings: z.array(FindingView),
    capabilities: CapabilitiesView,
  })
  .meta({ id: 'Report' })
export type ReportView = z.infer<typeof ReportView>

/** The findings of the checks, in their order, then those of the model. */
export function listFindings({ checks, submission }: SubmissionDetail): Finding[] {
  const found = checkNames.flatMap((name) => checks[name].findings)
  return [...found, ...(submission.review?.findings ?? [])]
}

export function viewReport(detail: SubmissionDetail): ReportView {
  const { submission } = detail
  return {
    submission_id: submission.id,
    entity_id: submission.entityId,
    version_no: submission.n,
    version_hash: submission.versionHash,
    status: submission.status,
    policy_version: submission.policyVersion,
    findings: listFindings(detail).map(viewFinding),
    capabilities: submission.capabilities,
  }
}
