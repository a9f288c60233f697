import ipaddr from 'ipaddr.js'

/** Public by their number, but the cloud's own: they answer machines inside with their secrets. */
const metadataServices = new Set(['168.63.129.16'])

/**
 * Whether an IP address is one of the open internet. Private, loopback, link-local, shared, reserved
 * and multicast ones are not; one that hides an IPv4 address in IPv6 is judged by that, or refused.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const plain = ipaddr.process(address)
  return plain.range() === 'unicast' && !metadataServices.has(plain.toString())
}
