import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.ts'

export const mineRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/mine',
  validateSearch: ({ after }: Record<string, unknown>): { after?: string } =>
    typeof after === 'string' && after ? { after } : {},
  component: lazyRouteComponent(() => import('./mine-page.tsx'), 'MinePage'),
})
