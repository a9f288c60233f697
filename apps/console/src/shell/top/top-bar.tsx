import { useNavigate } from '@tanstack/react-router'
import { Menu as MenuIcon, Search } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { useHotkeys } from '../../hotkeys/use-hotkeys.ts'
import { Button } from '../../kit/button.tsx'
import { useMe } from '../../session/session.ts'
import { CurlMenu } from './curl-menu.tsx'
import { LiveToggle } from './live-toggle.tsx'
import { PersonButton } from './person-button.tsx'

/** What is at hand on every page: search, the live line, the page as curl, and one's own menu. */
export function TopBar({ onOpenRail }: { onOpenRail: () => void }) {
  const { isAdmin } = useMe()
  return (
    <header className="top">
      <span className="rail-open">
        <Button look="quiet" icon={MenuIcon} iconOnly onClick={onOpenRail}>
          Open the menu
        </Button>
      </span>
      {isAdmin && <GlobalSearch />}
      <div className="top-tools">
        <LiveToggle />
        <CurlMenu />
        <Person />
      </div>
    </header>
  )
}

/** The menu is fetched when somebody opens it: the first load does without. */
function Person() {
  const [isWanted, setWanted] = useState(false)
  const button = <PersonButton onClick={() => setWanted(true)} />
  return isWanted ? (
    <Suspense fallback={button}>
      <PersonMenu />
    </Suspense>
  ) : (
    button
  )
}

const PersonMenu = lazy(async () => {
  const { PersonMenu: component } = await import('./person-menu.tsx')
  return { default: component }
})

function GlobalSearch() {
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  useHotkeys('Everywhere', [{ keys: '/', does: 'Search', run: () => input.current?.focus() }])
  const search = (form: FormData) => {
    const q = String(form.get('q') ?? '').trim()
    const isRule = /^[A-Z]{2,6}-\d{3}$/.test(q)
    void navigate({
      to: '/queue',
      search: { view: 'all', ...(q && { [isRule ? 'rule' : 'q']: q }) },
    })
  }
  return (
    <search>
      <form action={search} className="search">
        <Search size={15} aria-hidden />
        <input
          ref={input}
          className="input"
          type="search"
          name="q"
          aria-label="Search submissions"
          placeholder="Name, submission, hash, submitter"
        />
        <kbd aria-hidden>/</kbd>
      </form>
    </search>
  )
}
