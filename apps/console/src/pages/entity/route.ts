import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.ts'

export const entityRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/entities/$id',
  component: lazyRouteComponent(() => import('./entity-page.tsx'), 'EntityPage'),
})

export const entityEditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/entities/$id/edit',
  component: lazyRouteComponent(() => import('./edit-page.tsx'), 'EditPage'),
})
