/**
 * A `fetch` for one upload that tells how much of it has gone out, which the platform's own cannot.
 * It knows what the client of the service needs of a response: its status, and its text.
 */
export function uploadFetch(onProgress: (sent: number, total: number) => void): typeof fetch {
  return (input, { method = 'POST', headers, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      request.open(method, String(input))
      for (const [name, value] of new Headers(headers)) request.setRequestHeader(name, value)
      request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total)
      request.onload = () => resolve(toResponse(request))
      request.onerror = () => reject(new TypeError('The connection broke off.'))
      request.onabort = () => reject(signal?.reason)
      signal?.addEventListener('abort', () => request.abort(), { once: true })
      request.send(body as FormData)
    })
}

function toResponse({ status, responseText }: XMLHttpRequest): Response {
  return new Response(status === 204 ? null : responseText, { status })
}
