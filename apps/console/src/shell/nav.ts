import {
  Activity,
  BookOpenCheck,
  ListChecks,
  type LucideIcon,
  ScrollText,
  Settings,
  Stamp,
  Store,
  UserRound,
} from 'lucide-react'

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
  { to: '/mine', label: 'My submissions', icon: BookOpenCheck, key: 'm' },
  { to: '/catalogue', label: 'Catalogue', icon: Store, key: 'e' },
  { to: '/operations', label: 'Operations', icon: Activity, key: 'o', isForAdmins: true },
  { to: '/audit', label: 'Audit', icon: ScrollText, key: 'a', isForAdmins: true },
  { to: '/settings', label: 'Settings', icon: Settings, key: 's' },
  { to: '/account', label: 'Your account', icon: UserRound, key: 'u' },
]
