import type { Id } from '../ids.ts'
import type { Review } from '../submissions/submission.ts'
import type { Assessment, Usage } from './assessment.ts'

export interface VerdictRepository {
  find(key: VerdictKey): Promise<{ submissionId: Id; review: Review } | undefined>
  /** Remembers a verdict; the latest on a key counts. */
  write(key: VerdictKey, verdict: { submissionId: Id; review: Review }): Promise<void>
  /** Keeps what a call brought and cost; says whether it was new, where the call has an id of its own. */
  recordCall(call: {
    id?: Id
    submissionId: Id
    attempt: number
    model: string
    requestId: string | null
    outcome: string
    usage: Usage
    durationMs: number
    promptKey: string
    assessment: Assessment | null
  }): Promise<boolean>
  /** The answers that an attempt was given so far, by the key of their prompt. */
  findAnswers(submissionId: Id, attempt: number): Promise<Map<string, Assessment>>
  /** What all calls of an attempt took together. */
  sumUsage(submissionId: Id, attempt: number): Promise<Review['usage']>
  spentUsd(sinceMs: number): Promise<number>
}

/** What a verdict depends on: what was read, under which rules, with which words, by which model. */
export interface VerdictKey {
  contentHash: string
  policyVersion: string
  promptHash: string
  model: string
}
