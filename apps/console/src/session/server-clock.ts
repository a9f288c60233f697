let aheadMs = 0

/** The service's time in milliseconds since 1970: deadlines are judged by its clock, not by ours. */
export function serverNow(): number {
  return Date.now() + aheadMs
}

/** Wraps a `fetch` so that every response sets the clock, to about half a second. */
export function keepingTime(inner: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await inner(input, init)
    const date = Date.parse(response.headers.get('date') ?? '')
    // The header has whole seconds: on average, half of one has passed since.
    if (!Number.isNaN(date)) aheadMs = date + 500 - Date.now()
    return response
  }
}
