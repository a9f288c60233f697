import { renameReview } from '@countersign/core/reviews/steps/rename-review'
import { expect, test } from 'vitest'
import { aFinding } from '../../support/review-fixtures.ts'

/** A review of something called `slug`, whose every word of a verdict could be a slug as well. */
const reviewOf = (slug: string) => ({
  riskLevel: 'critical' as const,
  summary: `What ${slug} runs is not in report-critical.`,
  findings: [aFinding({ severity: 'critical', file: `skills/${slug}/SKILL.md`, message: slug })],
  contentQuality: {
    verdict: 'fail' as const,
    issues: [{ file: `skills/${slug}/SKILL.md`, field: 'body', issue: slug, hint: 'Say more.' }],
  },
  model: 'opus',
  promptHash: 'ab12',
  policyVersion: '2-ab12',
  coverage: {
    bytes: 9,
    covered: 9,
    files: [{ path: `skills/${slug}/a.md`, bytes: 9, covered: 9 }],
  },
  usage: { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, costUsd: 0 },
  attempts: 1,
  reusedFrom: null,
  error: null,
})

test.each([
  'critical',
  'fail',
  'findings',
  'opus',
  'ab12',
  'null',
])('under the name %s a review judges as it did, and is told under another one', (slug) => {
  const renamed = renameReview(reviewOf(slug), slug, 'safe')
  expect(renamed).toEqual(reviewOf('safe'))
})
