const keys = ['action', 'actor', 'resource', 'from', 'to', 'after'] as const

/** What of the audit is shown, as it stands in the URL. */
export type AuditSearch = { [Key in (typeof keys)[number]]?: string }

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const text = String(search[key] ?? '').trim()
      return text ? [[key, text]] : []
    }),
  )
}
