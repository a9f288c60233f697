import { InertBlock } from '../../components/inert-text.tsx'
import { CopyButton } from '../../kit/copy-button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { type SentRequest, toCurl } from '../../session/to-curl.ts'

/** Requests as lines for a terminal, each with a way to copy it. */
export function CurlDialog(props: { requests: readonly SentRequest[]; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={props.onClose}
      title="This page as curl"
      description="Put a token of yours into COUNTERSIGN_TOKEN. None is shown here."
      isWide
    >
      <ul className="stack curl-list">
        {props.requests.map((request) => (
          <OneRequest key={`${request.method} ${request.url}`} request={request} />
        ))}
      </ul>
    </Dialog>
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
