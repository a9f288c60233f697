import { createRouter } from '@tanstack/react-router'
import { Failed, Loading } from './components/page-state.tsx'
import { routeTree } from './pages/routes.ts'

export const router = createRouter({
  routeTree,
  basepath: '/console',
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: Loading,
  defaultErrorComponent: Failed,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
