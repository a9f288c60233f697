import type { Finding } from '../../guardrails/finding.ts'
import type { Store } from '../../repositories.ts'
import type { Submission } from '../../submissions/submission.ts'
import { isOpen } from '../../suppressions/suppression.ts'

/** What the checks found in a submission and no admin has accepted. */
export async function listOpenFindings(
  { findings }: Pick<Store, 'findings'>,
  { id, checksAttempt }: Pick<Submission, 'id' | 'checksAttempt'>,
): Promise<Finding[]> {
  const found = await findings.list(id, checksAttempt)
  return found.filter(isOpen)
}
