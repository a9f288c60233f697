import { createRoute, redirect } from '@tanstack/react-router'
import { rootRoute } from '../shell/root-route.ts'
import { isAdminHere, shellRoute } from '../shell/shell-route.ts'
import { accountRoute } from './account/route.ts'
import { approvalRoute, approvalsRoute } from './approvals/route.ts'
import { auditRoute } from './audit/route.ts'
import { catalogueRoute } from './catalogue/route.ts'
import { entityEditRoute, entityRoute } from './entity/route.ts'
import { loginRoute } from './login/route.ts'
import { mineRoute } from './mine/route.ts'
import { operationsRoute } from './operations/route.ts'
import { queueRoute } from './queue/route.ts'
import { settingsRoute } from './settings/route.ts'
import { submissionRoute } from './submission/route.ts'
import { uploadRoute } from './upload/route.ts'

const startRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: isAdminHere() ? '/queue' : '/mine' })
  },
})

/** Every page, in the order of the rail. */
export const routeTree = rootRoute.addChildren([
  loginRoute,
  shellRoute.addChildren([
    startRoute,
    queueRoute,
    submissionRoute,
    entityRoute,
    entityEditRoute,
    approvalsRoute,
    approvalRoute,
    operationsRoute,
    mineRoute,
    uploadRoute,
    catalogueRoute,
    auditRoute,
    settingsRoute,
    accountRoute,
  ]),
])
