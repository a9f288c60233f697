/** Refuses what is no SHA-256 in hex, and so could name something else than a blob. */
export function requireHash(hash: string): void {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error(`Not the hash of a blob: ${hash}`)
}
