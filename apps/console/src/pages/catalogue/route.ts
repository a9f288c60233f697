import type { EntityView } from '@countersign/sdk'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.ts'

const types = ['skill', 'agent', 'plugin'] as const

/** What the catalogue shows, as it stands in the URL. */
export interface CatalogueSearch {
  q?: string
  type?: EntityView['type']
  /** Only what one has installed. */
  installed?: true
  after?: string
}

export const catalogueRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalogue',
  validateSearch: ({ q, type, installed, after }: Record<string, unknown>): CatalogueSearch => {
    const known = types.find((one) => one === type)
    return {
      ...(typeof q === 'string' && q.trim() && { q: q.trim() }),
      ...(known && { type: known }),
      ...((installed === true || installed === 'true') && { installed: true }),
      ...(typeof after === 'string' && after && { after }),
    }
  },
  component: lazyRouteComponent(() => import('./catalogue-page.tsx'), 'CataloguePage'),
})
