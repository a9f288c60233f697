import type { Checks } from '../guardrails/inspection.ts'
import type { Version } from '../store/entity.ts'
import type { FileEntry } from '../store/file-tree.ts'
import type { Recorded } from './record-submission.ts'
import type { Submission } from './submission.ts'

/** What is written when a version is offered: its entity, its number and its bytes are the submission's. */
export interface Opening {
  version: Pick<Version, 'contentHash' | 'restoredFrom' | 'authorVersion'>
  files: FileEntry[]
  /** The first attempt, which nobody has taken up yet. */
  submission: Pick<
    Submission,
    | 'id'
    | 'entityId'
    | 'n'
    | 'status'
    | 'holdReason'
    | 'priority'
    | 'submitterId'
    | 'agentId'
    | 'proposed'
    | 'slug'
    | 'versionHash'
    | 'fileSize'
    | 'checks'
    | 'capabilities'
    | 'capabilityDelta'
    | 'severity'
    | 'unaccounted'
    | 'policyVersion'
  >
  /** When a worker should look, from now; `null` for never. */
  dueInMs: number | null
  /** What the checks found. */
  found: Checks
  recorded: Recorded
}

/** What a new review of a submitter comes behind. */
export interface Backlog {
  /** How many of theirs wait or run. */
  waiting: number
  /** Whether an admin had all reviews wait. */
  isPaused: boolean
}
