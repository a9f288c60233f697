import type { SubmissionView } from '@countersign/sdk'
import { UserRound } from 'lucide-react'
import { useMe } from '../session/session.ts'
import { Mark } from './mark.tsx'

/** Who has claimed a submission, if anybody has. */
export function ClaimMark({ submission }: { submission: SubmissionView }) {
  const { id: me } = useMe()
  const { claimed_by: holder } = submission
  if (!holder) return null
  return (
    <Mark tone={holder.id === me ? 'blue' : 'gray'} icon={UserRound}>
      {holder.id === me ? 'claimed by you' : `claimed by ${holder.handle}`}
    </Mark>
  )
}
