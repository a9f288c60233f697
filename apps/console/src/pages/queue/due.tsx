import type { SubmissionView } from '@countersign/sdk'
import { useQuery } from '@tanstack/react-query'
import { AlarmClock } from 'lucide-react'
import { Age } from '../../components/age.tsx'
import { Mark } from '../../components/mark.tsx'
import { opsQuery } from '../../shell/strip.tsx'
import { formatSpan } from '../../wording/numbers.ts'

type Waiting = Pick<SubmissionView, 'status' | 'waiting_on' | 'created_at'>

/** How old a submission is; where it waits for a person and there is a target, how that compares. */
export function Due({ row }: { row: Waiting }) {
  const { data } = useQuery(opsQuery)
  const targetMs = data?.held_target_ms ?? null
  return (
    <span className="due">
      {targetMs !== null && isHeld(row) && (
        <Left ms={Date.parse(row.created_at) + targetMs - Date.now()} />
      )}
      <Age at={row.created_at} />
    </span>
  )
}

function isHeld({ status, waiting_on: waitingOn }: Waiting): boolean {
  return status === 'needs_human' || (status === 'pending_llm' && waitingOn === 'operator')
}

function Left({ ms }: { ms: number }) {
  if (ms >= 0) return <span className="small quiet">due in {formatSpan(ms)}</span>
  return (
    <Mark tone="red" icon={AlarmClock} isBare>
      late by {formatSpan(-ms)}
    </Mark>
  )
}
