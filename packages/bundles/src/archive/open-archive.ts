import type { BundleFile } from '@countersign/core/store/file-tree'
import { refuseBundle } from '../intake/refuse-bundle.ts'
import type { ByteSource } from '../zip/byte-source.ts'
import { readZipDirectory } from '../zip/read-zip-directory.ts'
import { type CentralRecord, recordBytes } from '../zip/zip-records.ts'

/** A file in the stored form of a tree, with what another archive needs to take it over as it is. */
export interface StoredFile extends BundleFile {
  readonly crc: number
  /** Where its bytes begin in the archive. */
  readonly start: number
}

/** More files than any bundle has, with ours among them. */
const filesMax = 4096

/**
 * Opens an archive that we stored ourselves. Only its list is read here; each `read()` takes the bytes
 * of one file out of the archive and nothing else. Throws `zip_invalid` if it cannot be ours.
 */
export async function openArchive(source: ByteSource): Promise<readonly StoredFile[]> {
  const directory = await readZipDirectory(source, filesMax)
  return directory.records.map((record) => toFile(source, record, directory.start))
}

/** Our headers have no extra fields, so that the place of the bytes follows from the list. */
function toFile(source: ByteSource, record: CentralRecord, filesEnd: number): StoredFile {
  const { rawName, crc, size, headerStart, externalAttributes } = record
  const start = headerStart + recordBytes.local + rawName.length
  if (start + size > filesEnd) refuseBundle('zip_invalid', 'The stored archive is damaged.')
  return {
    path: rawName.toString('utf8'),
    size,
    crc,
    start,
    isExecutable: ((externalAttributes >>> 16) & 0o111) !== 0,
    read: () => source.read(start, start + size),
  }
}
