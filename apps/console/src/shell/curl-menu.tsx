import { Terminal } from 'lucide-react'
import { useState } from 'react'
import { InertBlock } from '../components/inert-text.tsx'
import { Button } from '../kit/button.tsx'
import { CopyButton } from '../kit/copy-button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { recentRequests } from '../session/request-log.ts'
import { type SentRequest, toCurl } from '../session/to-curl.ts'

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
      <Dialog
        open={requests !== undefined}
        onClose={() => setRequests(undefined)}
        title="This page as curl"
        description="Put a token of yours into COUNTERSIGN_TOKEN. None is shown here."
        isWide
      >
        <ul className="stack curl-list">
          {requests?.map((request) => (
            <OneRequest key={`${request.method} ${request.url}`} request={request} />
          ))}
        </ul>
      </Dialog>
    </>
  )
}

function OneRequest({ request }: { request: SentRequest }) {
  const curl = toCurl(request)
  const path = new URL(request.url).pathname
  return (
    <li>
      <div className="row spread">
        <code>
          {request.method} {path}
        </code>
        <CopyButton text={curl} label={`Copy ${request.method} ${path}`} />
      </div>
      <InertBlock text={curl} label={`${request.method} ${path} as curl`} />
    </li>
  )
}
