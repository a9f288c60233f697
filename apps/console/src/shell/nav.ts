import { Activity, ListChecks, type LucideIcon, Stamp, UserRound } from 'lucide-react'

interface NavItem {
  to: string
  label: string
  icon: LucideIcon
  /** The second key after `g`. */
  key: string
  isForAdmins?: boolean
}

/** What the rail leads to, in its order. */
export const navItems: readonly NavItem[] = [
  { to: '/queue', label: 'Queue', icon: ListChecks, key: 'q', isForAdmins: true },
  { to: '/approvals', label: 'Approvals', icon: Stamp, key: 'p' },
  { to: '/operations', label: 'Operations', icon: Activity, key: 'o', isForAdmins: true },
  { to: '/account', label: 'Your account', icon: UserRound, key: 'u' },
]
