import { useNavigate } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { Button } from '../../kit/button.tsx'
import { useFormValues } from '../../kit/use-form-values.ts'
import { type AuditSearch, readAuditSearch } from './audit-search.ts'

/** What narrows the audit; it stands in the URL. */
export function AuditFilters({ search }: { search: AuditSearch }) {
  const navigate = useNavigate()
  const { after: _, ...filter } = search
  const form = useFormValues(filter)
  return (
    <form
      ref={form}
      className="filters"
      aria-label="Filters"
      onSubmit={(event) => {
        event.preventDefault()
        const fields = Object.fromEntries(new FormData(event.currentTarget))
        void navigate({ to: '/audit', search: readAuditSearch(fields) })
      }}
    >
      <Text name="action" label="Action" value={filter.action} />
      <Text name="resource" label="Object, like entity:…" value={filter.resource} />
      <Text name="actor" label="Actor’s id" value={filter.actor} />
      <Moment name="from" label="From" value={filter.from} />
      <Moment name="to" label="To" value={filter.to} />
      <Button type="submit">Filter</Button>
      {Object.keys(filter).length > 0 && (
        <Button
          look="quiet"
          icon={X}
          onClick={() => {
            // This button goes with the filter: what is next is another one.
            form.current?.querySelector('input')?.focus()
            void navigate({ to: '/audit', search: {} })
          }}
        >
          Clear
        </Button>
      )}
    </form>
  )
}

interface Filter {
  name: string
  label: string
  value: string | undefined
}

function Text({ name, label, value }: Filter) {
  return (
    <input
      className="input"
      name={name}
      type="search"
      defaultValue={value}
      placeholder={label}
      aria-label={label}
    />
  )
}

/** A moment has no room for a placeholder: its label stands before it. */
function Moment({ name, label, value }: Filter) {
  return (
    <label className="labelled">
      <span className="small quiet">{label}</span>
      <input className="input" name={name} type="datetime-local" defaultValue={value} />
    </label>
  )
}
