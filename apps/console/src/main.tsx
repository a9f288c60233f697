import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/shell.css'
import './styles/surfaces.css'
import './styles/layers.css'
import './styles/pages.css'
import './styles/plain-pages.css'
import './styles/queue.css'
import './styles/submission.css'
import './styles/code.css'
import './styles/languages.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { Toasts } from './kit/toasts.tsx'
import { router } from './router.ts'
import { queryClient } from './session/query-client.ts'

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    // The policy that the page is served with allows no style element.
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </CSPProvider>,
  )
}
