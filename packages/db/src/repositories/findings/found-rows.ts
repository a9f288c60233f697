import { encodeJson } from '@countersign/core/encode-json'
import { type Checks, checkNames } from '@countersign/core/guardrails/inspection'
import { type SQL, sql } from 'drizzle-orm'

/** What checks found as one value for the placeholder `found`, however much that is. */
export function encodeFound(checks: Checks): string {
  const rows = checkNames.flatMap((stage) =>
    checks[stage].findings.map((finding, ordinal) => ({ ...finding, stage, ordinal })),
  )
  return encodeJson(rows)
}

/** The same as rows of `findings`, in the order of its columns. */
export function foundRows(submissionId: SQL, attempt: SQL): SQL {
  return sql`
    select ${submissionId}, ${attempt}, found.*
    from jsonb_to_recordset(${sql.placeholder('found')}::jsonb) as found (
      "ordinal" integer, "stage" text, "ruleId" text, "tier" text, "severity" text, "confidence" real,
      "category" text, "fingerprint" text, "file" text, "line" integer, "endLine" integer,
      "message" text, "snippet" text, "fixHint" text, "suppressedBy" uuid
    )`
}
