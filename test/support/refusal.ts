import { unpackArchive } from '@countersign/bundles/intake/unpack-archive'
import { createBytesSource } from '@countersign/bundles/zip/byte-source'
import { ServiceError } from '@countersign/core/errors'

/** Why an archive is refused, or what came of it where it is not. */
export async function refusalOf(archive: Uint8Array): Promise<unknown> {
  try {
    const { files } = await unpackArchive(createBytesSource(archive))
    return { accepted: files.map(({ path }) => path) }
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'invalid_bundle')
      return error.members.reason
    throw error
  }
}
