import { crc32 } from 'node:zlib'
import type { BlobStore, StoredBlob } from '@countersign/core/store/blob-store'
import { openArchive, type StoredFile } from '../archive/open-archive.ts'
import { readStoredFiles } from '../archive/read-stored-files.ts'
import { createZipDirectory, encodeLocalHeader, type ZipMember, zipSize } from '../zip/write-zip.ts'
import { methods } from '../zip/zip-records.ts'
import { cataloguePath, encodeLocalCatalogue, pluginFolder } from './catalogue.ts'
import { type Marketplace, requireArchive, sortPlugins } from './marketplace.ts'

/** An archive of a marketplace with everything in it. The same plugins give the same bytes. */
export interface MarketplaceZip {
  size: number
  /** The bytes, read from the store as they are asked for. */
  stream(): AsyncIterable<Uint8Array>
}

interface Part {
  blob: StoredBlob
  files: readonly StoredFile[]
  members: readonly ZipMember[]
}

/** Opens the archive of a marketplace. Only the lists of the plugins' archives are read here. */
export async function openMarketplaceZip(
  blobs: Pick<BlobStore, 'find'>,
  marketplace: Marketplace,
): Promise<MarketplaceZip> {
  const catalogue = Buffer.from(encodeLocalCatalogue(marketplace))
  const head = toMember(cataloguePath, {
    size: catalogue.length,
    crc: crc32(catalogue),
    isExecutable: false,
  })
  const parts: Part[] = []
  for (const plugin of sortPlugins(marketplace)) {
    const blob = await requireArchive(blobs, plugin)
    const files = await openArchive(blob)
    const folder = pluginFolder(plugin)
    const members = files.map((file) => toMember(`${folder}/${file.path}`, file))
    parts.push({ blob, files, members })
  }
  const size = zipSize([head, ...parts.flatMap(({ members }) => members)])
  return { size, stream: () => encode(head, catalogue, parts) }
}

async function* encode(
  head: ZipMember,
  catalogue: Uint8Array,
  parts: readonly Part[],
): AsyncGenerator<Uint8Array> {
  const directory = createZipDirectory()
  directory.add(head)
  yield encodeLocalHeader(head)
  yield catalogue
  for (const { blob, files, members } of parts) {
    const coming = members.values()
    for await (const [, bytes] of readStoredFiles(blob, files)) {
      const { value: member } = coming.next()
      if (!member) throw new Error('An archive has more files than it lists.')
      directory.add(member)
      yield encodeLocalHeader(member)
      yield bytes
    }
  }
  yield directory.end()
}

function toMember(
  path: string,
  { size, crc, isExecutable }: Pick<ZipMember, 'size' | 'crc' | 'isExecutable'>,
): ZipMember {
  return { path, isExecutable, method: methods.store, crc, size, packedSize: size }
}
