import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isPublicAddress } from './is-public-address.ts'

export interface Address {
  address: string
  family: number
}

/** The URL leads, or may lead, to where nobody outside has any business. */
export class UnsafeUrl extends Error {
  override readonly name = 'UnsafeUrl'
}

/** Turns a host's name into its addresses. By default, as the system does. */
export type Resolve = (hostname: string) => Promise<Address[]>

export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true })

/**
 * Finds the addresses of a URL's host. Throws `UnsafeUrl` unless every one of them is public, or
 * private ones are allowed: a name with one foot inside would be let in by chance.
 */
export async function resolveHost(
  url: URL,
  { allowPrivate, resolve = resolveBySystem }: { allowPrivate: boolean; resolve?: Resolve },
): Promise<Address> {
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(hostname)
  const addresses = family ? [{ address: hostname, family }] : await resolve(hostname)
  const [first] = addresses
  if (!first) throw new Error(`${hostname} has no address.`)
  const inside = allowPrivate ? undefined : addresses.find((each) => !isPublicAddress(each.address))
  if (inside) throw new UnsafeUrl(`${hostname} leads to ${inside.address}, which is not public.`)
  return first
}
