import type { Id } from '../ids.ts'
import type { Assessment, Usage } from './assessment.ts'

export interface VerdictRepository {
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
  spentUsd(sinceMs: number): Promise<number>
}

/** What a verdict depends on: what was read, under which rules, with which words, by which model. */
export interface VerdictKey {
  contentHash: string
  policyVersion: string
  promptHash: string
  model: string
}
