import { crc32 } from 'node:zlib'
import { quotePath, refuseBundle } from '../intake/refuse-bundle.ts'
import { type CentralRecord, extraIds, findExtra, flagBits } from './zip-records.ts'

/**
 * The name of an entry. Throws `ambiguous_path` if two readers could take it for two names: bytes that
 * are not the UTF-8 they claim to be, in no told encoding, or contradicted by a Unicode name beside.
 */
export function decodeEntryName({ rawName, extra, flags }: CentralRecord): string {
  const name = decodeUtf8(rawName)
  const unicodeName = findUnicodeName(rawName, extra)
  if (unicodeName !== undefined && name !== undefined && unicodeName !== name) {
    refuseName(`${quotePath(name)} is also called ${quotePath(unicodeName)}`)
  }
  const isClaimed = (flags & flagBits.isUtf8) !== 0
  const chosen = isClaimed ? name : (name ?? unicodeName)
  return chosen ?? refuseName('A name is written in an unknown encoding, not in UTF-8')
}

/** The Unicode name that Info-ZIP writes beside one in an old encoding, if it is about this name. */
function findUnicodeName(rawName: Buffer, extra: Buffer): string | undefined {
  const field = findExtra(extra, extraIds.unicodePath)
  if (!field || field.length < 5 || field[0] !== 1) return undefined
  if (field.readUInt32LE(1) !== crc32(rawName)) return undefined
  return decodeUtf8(field.subarray(5)) ?? refuseName('A Unicode name is not Unicode')
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

function refuseName(why: string): never {
  refuseBundle('ambiguous_path', `${why}.`)
}
