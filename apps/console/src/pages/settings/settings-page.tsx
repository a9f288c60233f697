import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type Tab, Tabs } from '../../kit/tabs.tsx'
import { useMe } from '../../session/session.ts'
import { Page } from '../../shell/page.tsx'
import { GrantsPanel } from './grants/grants-panel.tsx'
import type { SettingsTab } from './route.ts'
import { TokensPanel } from './tokens/tokens-panel.tsx'
import { UsersPanel } from './users/users-panel.tsx'
import { WebhooksPanel } from './webhooks/webhooks-panel.tsx'

const route = getRouteApi('/shell/settings')

const tokens: Tab = { value: 'tokens', label: 'Tokens', content: <TokensPanel /> }
const forAdmins: readonly Tab[] = [
  { value: 'users', label: 'Users', content: <UsersPanel /> },
  { value: 'webhooks', label: 'Webhooks', content: <WebhooksPanel /> },
  { value: 'grants', label: 'Grants', content: <GrantsPanel /> },
]

/** What is set up once: tokens for everybody; people, webhooks and grants for admins. */
export function SettingsPage() {
  const { tab } = route.useSearch()
  const { isAdmin } = useMe()
  const navigate = useNavigate()
  const tabs = isAdmin ? [tokens, ...forAdmins] : [tokens]
  const chosen = tabs.find(({ value }) => value === tab) ?? tokens
  return (
    <Page title="Settings">
      <Tabs
        label="Settings"
        tabs={tabs}
        value={chosen.value}
        onChange={(value) =>
          void navigate({ to: '/settings', search: { tab: value as SettingsTab } })
        }
      />
    </Page>
  )
}
