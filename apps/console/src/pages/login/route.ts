import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../shell/root-route.ts'

/** Where one goes after logging in: a path of this console, and of no other place. */
const isOwnPath = (next: unknown): next is string =>
  typeof next === 'string' && /^\/(?![/\\])/.test(next)

export const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: ({ next }: Record<string, unknown>): { next?: string } =>
    isOwnPath(next) ? { next } : {},
  component: lazyRouteComponent(() => import('./login-page.tsx'), 'LoginPage'),
})
