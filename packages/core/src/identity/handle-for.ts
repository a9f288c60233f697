/**
 * The handle of an e-mail address: its local part in lower case. Somebody whose handle is taken gets
 * one with a suffix.
 *
 * @example
 * handleFor('Ada.Lovelace+x@example.com') // 'ada-lovelace-x'
 */
export function handleFor(email: string): string {
  const local = email.slice(0, Math.max(0, email.lastIndexOf('@'))) || email
  const handle = local
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return handle || 'user'
}
