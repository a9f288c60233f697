/** A request as it went to the service. */
export interface SentRequest {
  method: string
  url: string
  /** What was sent as JSON; absent where there was nothing, or a form. */
  body?: string | undefined
  /** The fields of a form, files by their names. */
  form?: readonly (readonly [name: string, value: string])[] | undefined
}

/**
 * The request as a line for a terminal. It holds no secret: the token is a variable of the reader's
 * shell, and bodies that carry a password are left to be filled in.
 *
 * @example
 * toCurl({ method: 'GET', url: 'https://sign.example.com/api/me' })
 */
export function toCurl({ method, url, body, form }: SentRequest): string {
  const parts = ['curl', '--fail-with-body']
  if (method !== 'GET') parts.push('-X', method)
  parts.push('-H', '"authorization: Bearer $COUNTERSIGN_TOKEN"')
  if (body !== undefined) {
    parts.push('-H', quote('content-type: application/json'), '--data', quote(conceal(url, body)))
  }
  for (const [name, value] of form ?? []) parts.push('-F', quote(`${name}=${value}`))
  return [...parts, quote(url)].join(' ')
}

function conceal(url: string, body: string): string {
  return /\/api\/(auth|me|tokens|admin\/users|admin\/webhooks)\b/.test(url)
    ? body.replace(/("(?:\w*password|secret|token)":)"(?:[^"\\]|\\.)*"/g, '$1"…"')
    : body
}

/** Quotes for a POSIX shell: nothing inside single quotes means anything. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
