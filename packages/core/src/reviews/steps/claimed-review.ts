import type { Finding } from '../../guardrails/finding.ts'
import type { Id } from '../../ids.ts'
import type { Rendition } from '../../repositories.ts'
import type { Entity, Version } from '../../store/entity.ts'
import type { Review, Submission } from '../../submissions/submission.ts'
import type { Assessment } from '../assessment.ts'

/** A submission with a lease on it. */
export type HeldReview = Submission & { leaseId: Id }

/** What a review is taken up with: which one, and who would be asked with which words. */
export interface ReviewClaim {
  submissionId: Id
  attempt: number
  promptHash: string
  model: string
}

/** A claimed review, and all that was on record of it when it was taken. */
export interface ClaimedReview {
  held: HeldReview
  entity: Entity
  version: Version
  /** What is served under the slug that it was submitted with. */
  rendition: Rendition | undefined
  /** What the checks found, suppressed or not. */
  findings: readonly Finding[]
  /** What the same words of the same model brought of the same bytes before. */
  known: { submissionId: Id; review: Review } | undefined
  /** The answers that this attempt was given so far, by the key of their prompt. */
  answers: ReadonlyMap<string, Assessment>
  /** What all calls of this attempt took so far. */
  usage: Review['usage']
  /** What is said of reviews as a whole, by the key of the setting. */
  said: ReadonlyMap<string, unknown>
}

/** The settings that a review asks for. */
export const reviewSettings = ['paused', 'rate_limited_until', 'reviewer_refusal'] as const
