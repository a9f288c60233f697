import { useNavigate } from '@tanstack/react-router'
import { LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import { useState } from 'react'
import { Menu } from '../../kit/menu.tsx'
import { logOut, useMe } from '../../session/session.ts'
import { PersonButton } from './person-button.tsx'
import { chooseTheme, readTheme, type Theme } from './theme.ts'

const themes = [
  ['system', 'Theme of the device', Monitor],
  ['light', 'Light', Sun],
  ['dark', 'Dark', Moon],
] as const

/** What is one's own: the account, the theme, and the way out. It is there because it was opened. */
export function PersonMenu() {
  const { email } = useMe()
  const [theme, setTheme] = useState(readTheme)
  const navigate = useNavigate()
  const choose = (next: Theme) => {
    chooseTheme(next)
    setTheme(next)
  }
  const leave = async () => {
    await logOut()
    await navigate({ to: '/login', search: {} })
  }
  return (
    <Menu
      label={email ?? ''}
      startsOpen
      trigger={<PersonButton />}
      items={[
        {
          label: 'Your account',
          icon: UserRound,
          onSelect: () => void navigate({ to: '/account' }),
        },
        ...themes.map(([value, label, icon]) => ({
          label,
          icon,
          isChosen: theme === value,
          onSelect: () => choose(value),
        })),
        { label: 'Log out', icon: LogOut, onSelect: () => void leave() },
      ]}
    />
  )
}
