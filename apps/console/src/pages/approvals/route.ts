import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.ts'
import { readApprovalsSearch } from './approvals-search.ts'

export const approvalsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/approvals',
  validateSearch: readApprovalsSearch,
  component: lazyRouteComponent(() => import('./approvals-page.tsx'), 'ApprovalsPage'),
})

export const approvalRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/approvals/$id',
  component: lazyRouteComponent(() => import('./approval-page.tsx'), 'ApprovalPage'),
})
