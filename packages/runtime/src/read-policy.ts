import type { Config } from './config.ts'

/** What the operator decided, in the core's words. */
export function readPolicy(config: Config) {
  return {
    guardrailsEnabled: config.GUARDRAILS_ENABLED,
    hasReviewer: config.ANTHROPIC_API_KEY !== undefined,
    humanReviewFor: config.HUMAN_REVIEW_FOR,
    reviewMaxBytes: config.REVIEW_MAX_BYTES,
    reviewMaxAttempts: config.REVIEW_MAX_ATTEMPTS,
    budgetUsdPerDay: config.REVIEW_BUDGET_USD_PER_DAY,
    blockedQuotaPerDay: config.BLOCKED_QUOTA_PER_DAY,
    blockedBundleTtlDays: config.BLOCKED_BUNDLE_TTL_DAYS,
  }
}
