import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.ts'

export const settingsTabs = ['tokens', 'users', 'webhooks', 'grants'] as const
export type SettingsTab = (typeof settingsTabs)[number]

export const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  validateSearch: ({ tab }: Record<string, unknown>): { tab?: SettingsTab } => {
    const known = settingsTabs.find((one) => one === tab)
    return known ? { tab: known } : {}
  },
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
})
