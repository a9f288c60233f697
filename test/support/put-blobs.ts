import { randomUUID } from 'node:crypto'
import { link, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createFileBlobStore } from '@countersign/bundles/blobs/file-blob-store'
import { ServiceError } from '@countersign/core/errors'

// A process of its own that puts one file under many hashes, until it is done, killed, or out of room.
const [root = '', path = '', ...hashes] = process.argv.slice(2)
const store = createFileBlobStore(root)
try {
  for (const hash of hashes) {
    const given = `${path}-${randomUUID()}`
    await link(path, given)
    await store.put(hash, given)
    process.stdout.write(`${hash}\n`)
  }
} catch (error) {
  const code = error instanceof ServiceError ? error.code : String(error)
  const drafts = await readdir(join(root, 'incoming'))
  process.stdout.write(`${code}, ${drafts.length} drafts left\n`)
}
