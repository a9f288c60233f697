import { Terminal } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Button } from '../../kit/button.tsx'
import { recentRequests } from '../../session/request-log.ts'
import type { SentRequest } from '../../session/to-curl.ts'

/** The requests this page made, ready for a terminal: everything here is a public API call. */
export function CurlMenu() {
  const [requests, setRequests] = useState<SentRequest[]>()
  return (
    <>
      <Button
        look="quiet"
        size="s"
        icon={Terminal}
        iconOnly
        onClick={() => setRequests([...recentRequests()])}
      >
        Copy this page as curl
      </Button>
      {requests && (
        <Suspense>
          <CurlDialog requests={requests} onClose={() => setRequests(undefined)} />
        </Suspense>
      )}
    </>
  )
}

const CurlDialog = lazy(async () => {
  const { CurlDialog: component } = await import('./curl-dialog.tsx')
  return { default: component }
})
