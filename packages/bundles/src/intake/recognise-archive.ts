import { createBytesSource } from '../zip/byte-source.ts'
import { listZipEntries, type ZipEntry } from '../zip/list-zip-entries.ts'
import { readZipEntry } from '../zip/read-zip-entry.ts'
import { methods } from '../zip/zip-records.ts'

/** Archives by the bytes that they have at some place, counted from the end if negative. */
const signatures = toMarks([
  ['gzip', 0, '\x1f\x8b\x08'],
  ['bzip2', 0, 'BZh'],
  ['xz', 0, '\xfd7zXZ\0'],
  ['7z', 0, "7z\xbc\xaf'\x1c"],
  ['rar', 0, 'Rar!\x1a\x07'],
  ['zstd', 0, '\x28\xb5\x2f\xfd'],
  ['lz4', 0, '\x04\x22\x4d\x18'],
  ['lzip', 0, 'LZIP\x01'],
  ['compress', 0, '\x1f\x9d'],
  ['lzh', 2, '-lh'],
  ['arj', 0, '\x60\xea'],
  ['cab', 0, 'MSCF\0\0\0\0'],
  ['ar', 0, '!<arch>\n'],
  ['cpio', 0, '07070'],
  ['rpm', 0, '\xed\xab\xee\xdb'],
  ['xar', 0, 'xar!\0\x1c'],
  ['wim', 0, 'MSWIM\0\0\0'],
  ['squashfs', 0, 'hsqs'],
  ['tar', 257, 'ustar'],
  ['iso', 32_769, 'CD001'],
  ['dmg', -512, 'koly'],
])

const zipMarks = toMarks([
  ['zip', 0, 'PK\x03\x04'],
  ['zip', 0, 'PK\x05\x06'],
  ['zip', 0, 'PK\x07\x08'],
])

/** What a document that happens to be a ZIP begins its `mimetype` with. */
const documentTypes = ['application/epub+zip', 'application/vnd.oasis.opendocument.']
const officeFolders = ['word/', 'xl/', 'ppt/', 'visio/']

/**
 * The kind of archive that a file is by its content, whatever its name; `undefined` if it is none.
 *
 * Office documents and EPUBs are documents that happen to be packed, and so no archives.
 */
export async function recogniseArchive(bytes: Uint8Array): Promise<string | undefined> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const kind = signatures.find((mark) => bears(buffer, mark))?.kind
  if (kind) return isMeant(kind, buffer) ? kind : undefined
  if (!zipMarks.some((mark) => bears(buffer, mark))) return undefined
  return (await isDocument(buffer)) ? undefined : 'zip'
}

/** Bytes that an archive of some kind has at some place. */
interface Mark {
  kind: string
  at: number
  bytes: Uint8Array
}

function toMarks(told: readonly (readonly [kind: string, at: number, mark: string])[]): Mark[] {
  return told.map(([kind, at, mark]) => ({ kind, at, bytes: Buffer.from(mark, 'latin1') }))
}

function bears(buffer: Buffer, { at, bytes }: Mark): boolean {
  const start = at < 0 ? buffer.length + at : at
  for (let nth = 0; nth < bytes.length; nth += 1) {
    if (buffer[start + nth] !== bytes[nth]) return false
  }
  return true
}

/** Short marks could begin an honest text, so those archives have to show a second one. */
function isMeant(name: string, buffer: Buffer): boolean {
  switch (name) {
    case 'bzip2':
      return /^[1-9]1AY&SY/.test(buffer.toString('latin1', 3, 10))
    case 'cpio':
      return /^07070[127][0-9a-fA-F]{6}/.test(buffer.toString('latin1', 0, 12))
    case 'lzh':
      return /^-lh[0-9d]-$/.test(buffer.toString('latin1', 2, 7))
    case 'arj':
      return buffer.length > 10 && buffer.readUInt16LE(2) <= 2600
    case 'squashfs':
      return buffer.length >= 96 && buffer.readUInt16LE(28) === 4
    default:
      return true
  }
}

async function isDocument(buffer: Buffer): Promise<boolean> {
  const source = createBytesSource(buffer)
  try {
    const entries = await listZipEntries(source, 10_000)
    const paths = entries.map(({ path }) => path)
    const isOffice =
      paths.includes('[Content_Types].xml') &&
      paths.some((path) => officeFolders.some((folder) => path.startsWith(folder)))
    if (isOffice) return true
    const type = entries.find(({ path, method }) => path === 'mimetype' && method === methods.store)
    return type ? isDocumentType(await readZipEntry(source, type), type) : false
  } catch {
    return false
  }
}

function isDocumentType(bytes: Uint8Array, { dataStart }: ZipEntry): boolean {
  const told = Buffer.from(bytes).toString('latin1', 0, 80)
  const isFirst = dataStart < 100
  return isFirst && documentTypes.some((type) => told.startsWith(type))
}
