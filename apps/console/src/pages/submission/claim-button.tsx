import type { SubmissionView } from '@countersign/sdk'
import { ClaimMark } from '../../components/claim-mark.tsx'
import { isClaimable, useClaim } from '../../decide/use-claim.ts'
import { useHotkeys } from '../../hotkeys/use-hotkeys.ts'
import { Button } from '../../kit/button.tsx'
import { useMe } from '../../session/session.ts'

/** Who is reading a submission, and the way to say that one is. It keeps nobody from deciding. */
export function ClaimButton({ submission }: { submission: SubmissionView }) {
  const { isAdmin } = useMe()
  const claiming = useClaim()
  const canClaim = isAdmin && isClaimable(submission)
  const label = submission.claimed_by === null ? 'Claim' : 'Release'
  const flip = () => claiming.mutate(submission)
  useHotkeys('Claim', canClaim ? [{ keys: 'c', does: label, run: flip }] : [])
  if (!canClaim) return null
  return (
    <>
      <ClaimMark submission={submission} />
      <Button size="s" busy={claiming.isPending} aria-keyshortcuts="c" onClick={flip}>
        {label}
        <kbd aria-hidden>c</kbd>
      </Button>
    </>
  )
}
