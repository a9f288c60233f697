import { type Client, createClient } from '@countersign/sdk'
import { recording } from './request-log.ts'
import { keepingTime } from './server-clock.ts'
import { uploadFetch } from './upload-fetch.ts'

let csrfToken: string | undefined

/** Keeps the token that writes must carry beside the session's cookie. */
export function keepCsrfToken(token: string | null | undefined): void {
  csrfToken = token ?? undefined
}

function connect(send: typeof fetch): Client {
  return createClient({
    baseUrl: location.origin,
    csrfToken: () => csrfToken,
    fetch: recording(send),
  })
}

/** The one door to the service. */
export const countersign: Client = connect(keepingTime((...request) => fetch(...request)))

/** The same door, for something large that is watched on its way. */
export function watchedUpload(onProgress: (sent: number, total: number) => void): Client {
  return connect(uploadFetch(onProgress))
}
