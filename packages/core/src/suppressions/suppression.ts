import type { Finding } from '../guardrails/finding.ts'
import type { Check, Inspection } from '../guardrails/inspection.ts'
import { statusOf } from '../guardrails/run-rules.ts'
import type { Id } from '../ids.ts'
import type { FileEntry } from '../store/file-tree.ts'

/** What a suppression speaks of: the bytes of one file, or one finding wherever it stands. */
export type SuppressionScope = { fileSha256: string } | { fingerprint: string }

/** An admin's word that a rule is wrong about one thing in one entity, for a time. */
export interface Suppression {
  id: Id
  ruleId: string
  entityId: Id
  fileSha256: string | null
  fingerprint: string | null
  reason: string
  createdBy: Id
  createdAt: Date
  expiresAt: Date
  revokedAt: Date | null
}

/**
 * Marks what suppressions cover, and lets it stop nothing. Nothing is taken off the list, and only the
 * rules of the static stage can be suppressed: a manifest that does not load is nobody's opinion.
 */
export function applySuppressions(
  inspection: Inspection,
  suppressions: readonly Suppression[],
  files: readonly Pick<FileEntry, 'path' | 'sha256'>[],
): Inspection {
  if (suppressions.length === 0) return inspection
  const hashOf = new Map(files.map(({ path, sha256 }) => [path, sha256]))
  const mark = (finding: Finding): Finding => {
    const by = suppressions.find((one) => covers(one, finding, hashOf.get(finding.file ?? '')))
    return by ? { ...finding, suppressedBy: by.id } : finding
  }
  const { checks } = inspection
  return {
    ...inspection,
    checks: { ...checks, static_security: judge(checks.static_security.findings.map(mark)) },
  }
}

function judge(findings: Finding[]): Check {
  return { status: statusOf(findings.filter(isOpen)), findings }
}

function covers(
  { ruleId, fingerprint, fileSha256 }: Suppression,
  finding: Finding,
  fileHash: string | undefined,
): boolean {
  if (ruleId !== finding.ruleId) return false
  return fingerprint === null ? fileSha256 === fileHash : fingerprint === finding.fingerprint
}

/** Whether nobody has looked at a finding and accepted it. */
export function isOpen({ suppressedBy }: Pick<Finding, 'suppressedBy'>): boolean {
  return suppressedBy === undefined
}
