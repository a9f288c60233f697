import type { Review } from '../../submissions/submission.ts'

/**
 * A review as it would have been under another slug, in paths and in words: the one that it was given
 * under may be of something that is nobody else's to know of. What it judged stays as it is.
 */
export function renameReview(review: Review, from: string, to: string): Review {
  const slug = new RegExp(`(?<![a-z0-9-])${from}(?![a-z0-9-])`, 'g')
  const rename = (text: string) => text.replaceAll(slug, to)
  const { summary, findings, contentQuality, coverage } = review
  return {
    ...review,
    summary: rename(summary),
    findings: findings.map((found) => ({
      ...found,
      file: found.file && rename(found.file),
      message: rename(found.message),
      snippet: found.snippet && rename(found.snippet),
      fixHint: found.fixHint && rename(found.fixHint),
    })),
    contentQuality: contentQuality && {
      ...contentQuality,
      issues: contentQuality.issues.map(({ file, field, issue, hint }) => ({
        ...{ file: rename(file), field: rename(field) },
        ...{ issue: rename(issue), hint: rename(hint) },
      })),
    },
    coverage: {
      ...coverage,
      files: coverage.files.map((file) => ({ ...file, path: rename(file.path) })),
    },
  }
}
