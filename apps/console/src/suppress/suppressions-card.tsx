import type { SuppressionView } from '@countersign/sdk'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { InertText } from '../components/inert-text.tsx'
import { Loaded } from '../components/loaded.tsx'
import { countersign } from '../session/client.ts'
import { serverNow } from '../session/server-clock.ts'
import { useChange } from '../session/use-change.ts'
import { formatSpan } from '../wording/numbers.ts'
import { suppressionsQuery } from './suppressions.ts'

/** The suppressions that hold, in one entity or anywhere, each with the way to end it. For admins. */
export function SuppressionsCard({ entityId }: { entityId?: string }) {
  const query = useQuery(suppressionsQuery(entityId))
  return (
    <section className="panel">
      <h2 className="panel-head">Suppressed findings</h2>
      <Loaded query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="panel-body quiet">No finding is suppressed.</p>
          ) : (
            <ul className="list">
              {items.map((one) => (
                <Line key={one.id} suppression={one} isAlone={entityId !== undefined} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

function Line({ suppression, isAlone }: { suppression: SuppressionView; isAlone: boolean }) {
  const {
    id,
    rule_id: rule,
    reason,
    entity_id: entityId,
    fingerprint,
    expires_at: at,
  } = suppression
  const ending = useChange('suppressions', {
    run: countersign.suppressions.end,
    done: 'It is suppressed no longer.',
  })
  return (
    <li>
      <code>{rule}</code>
      <div className="grow">
        <p>
          <InertText text={reason} />
        </p>
        <p className="small quiet">
          {fingerprint === null ? 'in a file with the same bytes' : 'one finding'} · ends in{' '}
          <span className="nowrap">{formatSpan(Date.parse(at) - serverNow())}</span>
          {!isAlone && (
            <>
              {' · '}
              <Link to="/entities/$id" params={{ id: entityId }}>
                in entity {entityId.slice(-6)}
              </Link>
            </>
          )}
        </p>
      </div>
      <ConfirmButton
        label="End it"
        title={`End it: suppression of ${rule}?`}
        effect="From the next inspection on the rule counts again. Verdicts that were reached stay."
        onConfirm={() => ending.mutate(id)}
      />
    </li>
  )
}
