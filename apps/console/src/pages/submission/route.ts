import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.ts'

const modes = ['file', 'changes', 'hex'] as const

/** How the open file is looked at: as it is, as what changed in it, or as its bytes. */
export type Mode = (typeof modes)[number]

/** What is shown of a submission, as it stands in the URL. */
export interface SubmissionSearch {
  file?: string
  line?: number
  mode?: Mode
  tab?: string
  /** The search of the queue one came from: where "next" leads. */
  from?: string
}

export const submissionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/submissions/$id',
  validateSearch: ({ file, line, mode, tab, from }: Record<string, unknown>): SubmissionSearch => ({
    ...(typeof file === 'string' && { file }),
    ...(Number(line) > 0 && { line: Number(line) }),
    ...(isMode(mode) && { mode }),
    ...(typeof tab === 'string' && { tab }),
    ...(typeof from === 'string' && { from }),
  }),
  component: lazyRouteComponent(() => import('./submission-page.tsx'), 'SubmissionPage'),
})

function isMode(value: unknown): value is Mode {
  return modes.some((mode) => mode === value)
}
