import { Link, useNavigate } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useHotkeys } from '../hotkeys/use-hotkeys.ts'
import { Button } from '../kit/button.tsx'
import { useMe } from '../session/session.ts'
import { navItems } from './nav.ts'

/** The way to every page, and the name of who is here. On a small screen it slides in. */
export function Rail({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { isAdmin, email, role } = useMe()
  const navigate = useNavigate()
  const items = navItems.filter(({ isForAdmins }) => isAdmin || !isForAdmins)
  useHotkeys(
    'Pages',
    items.map(({ to, label, key }) => ({
      keys: `g ${key}`,
      does: label,
      run: () => void navigate({ to }),
    })),
  )
  return (
    <nav aria-label="Pages" className="rail" data-open={isOpen || undefined}>
      <div className="row spread">
        <Link to="/" className="brand">
          <img src="/console/mark.svg" alt="" width={24} height={24} />
          Countersign
        </Link>
        <span className="rail-close">
          <Button look="quiet" icon={X} iconOnly onClick={onClose}>
            Close the menu
          </Button>
        </span>
      </div>
      <ul>
        {items.map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Link to={to} activeProps={{ 'aria-current': 'page' }}>
              <Icon size={16} aria-hidden />
              {label}
            </Link>
          </li>
        ))}
      </ul>
      <p className="rail-foot small quiet">
        <span className="ellipsis">{email}</span>
        <span>{role}</span>
      </p>
    </nav>
  )
}
