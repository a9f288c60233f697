import { Link } from '@tanstack/react-router'
import { SearchX } from 'lucide-react'
import { Message } from '../components/page-state.tsx'
import { useTitle } from './page.tsx'

/** What an address leads to that leads nowhere. */
export function LostPage() {
  useTitle('Not found')
  return (
    <main className="main">
      <Message icon={SearchX} title="There is no such page" isPage>
        <p>The address may be mistyped, or the page is not yours to see.</p>
        <Link to="/" className="button">
          Go to the start
        </Link>
      </Message>
    </main>
  )
}
