import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyArchive } from '@countersign/bundles/archive/verify-archive'
import { writeArchive } from '@countersign/bundles/archive/write-archive'
import { bakeTree } from '@countersign/bundles/bake/bake-tree'
import { createFileBlobStore } from '@countersign/bundles/blobs/file-blob-store'
import { openUpload } from '@countersign/bundles/intake/open-upload'
import { ServiceError } from '@countersign/core/errors'

// A process of its own that takes in one upload, and tells what came of it and what it needed for that.
const [path = '', folder = ''] = process.argv.slice(2)
const outcome = await takeIn().catch((error) =>
  error instanceof ServiceError ? String(error.members.reason) : String(error),
)
process.stdout.write(JSON.stringify({ outcome, peakMiB: readPeakMiB() }))

/** The most memory that this process had. `maxRSS` would tell of the one that started it, if that had more. */
function readPeakMiB(): number {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return Number(kibibytes) / 1024
}

async function takeIn(): Promise<string> {
  await using upload = await openUpload({ path, fileName: 'bundle.zip' }, 'skill')
  const archive = join(folder, 'archive')
  const { hash } = await writeArchive(await bakeTree(upload, { slug: 'a-by-b', n: 1 }), archive)
  const store = createFileBlobStore(join(folder, 'blobs'))
  await store.put(hash, archive)
  const blob = await store.find(hash)
  return blob && (await verifyArchive(blob, hash)) ? 'stored' : 'damaged'
}
