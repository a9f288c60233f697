import { limits } from '../intake/limits.ts'
import type { ByteSource } from './byte-source.ts'
import { locateEntries } from './check-layout.ts'
import { decodeEntryName } from './entry-name.ts'
import { readZipDirectory } from './read-zip-directory.ts'

/** One entry of an archive, with the place of its bytes. Nothing that it says of them is sure yet. */
export interface ZipEntry {
  /** As written, but without the slash at the end of a folder's name. */
  path: string
  isFolder: boolean
  /** The mode that a Unix archiver wrote, or 0. */
  mode: number
  flags: number
  method: number
  crc: number
  packedSize: number
  size: number
  dataStart: number
}

/**
 * Lists the entries of an archive that can be read in one way only: the directory, the headers in
 * front of the entries and the bytes between them have to agree. Throws `zip_invalid` otherwise.
 */
export async function listZipEntries(
  source: ByteSource,
  entriesMax: number = limits.entriesMax,
): Promise<ZipEntry[]> {
  const { records, start } = await readZipDirectory(source, entriesMax)
  const dataStarts = await locateEntries(source, records, start)
  return records.map((record) => {
    const { flags, method, crc, packedSize, size } = record
    const path = decodeEntryName(record)
    const isFolder = path.endsWith('/')
    return {
      path: isFolder ? path.slice(0, -1) : path,
      isFolder,
      mode: record.externalAttributes >>> 16,
      flags,
      method,
      crc,
      packedSize,
      size,
      dataStart: dataStarts.get(record) ?? 0,
    }
  })
}
