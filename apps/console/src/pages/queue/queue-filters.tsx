import { useNavigate } from '@tanstack/react-router'
import { X } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Button } from '../../kit/button.tsx'
import { useFormValues } from '../../kit/use-form-values.ts'
import { statusWords } from '../../wording/status-words.ts'
import { filterOptions, type QueueSearch, readQueueSearch } from './queue-search.ts'
import { statusesOf } from './views.ts'

/** What narrows the queue. It takes effect at once, and stands in the URL. */
export function QueueFilters({ search }: { search: QueueSearch }) {
  const navigate = useNavigate()
  const form = useFormValues(search)
  const apply = (form: HTMLFormElement) => {
    const fields = Object.fromEntries(new FormData(form))
    void navigate({ to: '/queue', search: readQueueSearch({ ...fields, view: search.view }) })
  }
  const { view: _, after: __, ...filter } = search
  const isFiltered = Object.keys(filter).length > 0
  return (
    <form
      ref={form}
      className="filters"
      aria-label="Filters"
      onSubmit={(event) => {
        event.preventDefault()
        apply(event.currentTarget)
      }}
    >
      <Text
        name="q"
        label="Name, submission or hash"
        placeholder="Name, id, hash"
        value={search.q}
        type="search"
      />
      <Text
        name="submitter"
        label="Submitter"
        placeholder="Submitter’s e-mail"
        value={search.submitter}
      />
      <Text name="rule" label="Rule" placeholder="Rule" value={search.rule} className="input-s" />
      <Choices search={search} />
      <Button type="submit">Filter</Button>
      {isFiltered && (
        <Button
          look="quiet"
          icon={X}
          onClick={() => {
            // This button goes with the filter: what is next is another one.
            form.current?.querySelector('input')?.focus()
            void navigate({ to: '/queue', search: readQueueSearch({ view: search.view }) })
          }}
        >
          Clear
        </Button>
      )}
    </form>
  )
}

/** What takes one of a few. Statuses are told apart where a view holds several. */
function Choices({ search }: { search: QueueSearch }) {
  const statuses = statusesOf(search.view)
  return (
    <>
      {statuses.length > 1 && (
        <Choice
          name="status"
          label="Status"
          value={search.status}
          options={statuses}
          wordOf={(status) => statusWords[status].word}
        />
      )}
      <Choice name="type" label="Type" value={search.type} options={filterOptions.types} />
      <Choice
        name="severity"
        label="Severity"
        value={search.severity}
        options={filterOptions.severities}
      />
      <Choice
        name="claimed"
        label="Claimed by"
        value={search.claimed}
        options={filterOptions.claims}
      />
    </>
  )
}

function Text(props: ComponentProps<'input'> & { label: string; value: string | undefined }) {
  const { label, value, className = '', ...input } = props
  return (
    <input {...input} className={`input ${className}`} defaultValue={value} aria-label={label} />
  )
}

function Choice<Option extends string>(props: {
  name: string
  label: string
  value: string | undefined
  options: readonly Option[]
  /** An option in words; without it they are their own. */
  wordOf?: (option: Option) => string
}) {
  const { name, label, value = '', options, wordOf = (option) => option } = props
  return (
    <select
      className="select"
      name={name}
      aria-label={label}
      defaultValue={value}
      onChange={(event) => event.currentTarget.form?.requestSubmit()}
    >
      <option value="">{label}: any</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {wordOf(option)}
        </option>
      ))}
    </select>
  )
}
