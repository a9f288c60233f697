import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { TextField } from '../../kit/field.tsx'
import { type QueueSearch, readQueueSearch } from './queue-search.ts'

interface SavedView {
  name: string
  search: QueueSearch
}

const key = 'countersign.views'

/** The queries that somebody has saved on this device. Each is an address, which can be passed on. */
export function SavedViews({ search }: { search: QueueSearch }) {
  const [views, setViews] = useState(readViews)
  const [isNaming, setNaming] = useState(false)
  const { after: _, ...current } = search
  const { view: __, ...filter } = current
  const keep = (next: readonly SavedView[]) => {
    localStorage.setItem(key, JSON.stringify(next))
    setViews(next)
  }
  const isNew = !views.some((saved) => isSame(saved.search, current))
  if (views.length === 0 && Object.keys(filter).length === 0) return null
  return (
    <nav className="row" aria-label="Saved views">
      {views.map((saved) => (
        <span key={saved.name} className="row">
          <Link
            to="/queue"
            search={saved.search}
            activeOptions={{ exact: true }}
            className="button"
            data-size="s"
            aria-current={isSame(saved.search, current) ? 'page' : undefined}
          >
            {saved.name}
          </Link>
          <Button
            size="s"
            look="quiet"
            icon={X}
            iconOnly
            onClick={() => keep(views.filter((one) => one !== saved))}
          >
            Forget “{saved.name}”
          </Button>
        </span>
      ))}
      {Object.keys(filter).length > 0 && isNew && (
        <Button size="s" onClick={() => setNaming(true)}>
          Save this view …
        </Button>
      )}
      {isNaming && (
        <NameDialog
          onClose={() => setNaming(false)}
          onName={(name) => {
            keep([...views.filter((one) => one.name !== name), { name, search: current }])
            setNaming(false)
          }}
        />
      )}
    </nav>
  )
}

function NameDialog(props: { onClose: () => void; onName: (name: string) => void }) {
  return (
    <Dialog
      open
      onClose={props.onClose}
      title="Save this view"
      description="It is kept on this device. Its address can be passed on to others."
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          const name = String(new FormData(event.currentTarget).get('name')).trim()
          if (name) props.onName(name)
        }}
      >
        <TextField
          label="Name of the view"
          name="name"
          required
          maxLength={40}
          autoComplete="off"
        />
        <footer className="dialog-foot">
          <Button onClick={props.onClose}>Cancel</Button>
          <Button type="submit" look="primary">
            Save it
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}

/** Reads what was saved; what means nothing by now, or was never ours, is left out. */
function readViews(): readonly SavedView[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(stored) ? stored.flatMap(readView) : []
  } catch {
    return []
  }
}

function readView(stored: unknown): SavedView[] {
  const { name, search } = Object(stored) as { name?: unknown; search?: unknown }
  return typeof name === 'string' ? [{ name, search: readQueueSearch(Object(search)) }] : []
}

function isSame(one: QueueSearch, other: QueueSearch): boolean {
  const [a, b] = [one, other].map((search) => JSON.stringify(Object.entries(search).toSorted()))
  return a === b
}
