import { useQuery } from '@tanstack/react-query'
import { Link2, Link2Off, RefreshCw } from 'lucide-react'
import { Failed } from '../../components/page-state.tsx'
import { Button } from '../../kit/button.tsx'
import { formatCount, plural } from '../../wording/numbers.ts'
import { chainQuery } from './audit-queries.ts'

/** Whether each entry follows from the one before, from the first to the last that is sealed. */
export function ChainBadge() {
  const chain = useQuery(chainQuery)
  if (chain.error) return <Failed error={chain.error} />
  const { data } = chain
  const Icon = data && !data.ok ? Link2Off : Link2
  return (
    <div className="note" data-tone={data ? (data.ok ? 'green' : 'red') : 'gray'}>
      <Icon size={16} aria-hidden />
      <p className="grow" aria-live="polite">
        {data ? <strong>{describe(data)}</strong> : 'Following the chain …'}
      </p>
      <Button
        size="s"
        icon={RefreshCw}
        busy={chain.isFetching}
        onClick={() => void chain.refetch()}
      >
        Verify again
      </Button>
    </div>
  )
}

function describe(chain: {
  ok: boolean
  checked: number
  broken_at: number | null
  unsealed: number
}) {
  if (!chain.ok) return `The chain is broken at entry ${formatCount(chain.broken_at ?? 0)}.`
  const rest =
    chain.unsealed > 0 ? ` ${plural(chain.unsealed, 'entry', 'entries')} to be sealed.` : ''
  return `The chain holds to entry ${formatCount(chain.checked)}.${rest}`
}
