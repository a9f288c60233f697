import type { FileEntry } from '@countersign/core/store/file-tree'
import { z } from 'zod'

export const FileView = z.object({
  path: z.string(),
  size: z.int(),
  sha256: z.string(),
  kind: z.enum(['text', 'image', 'font', 'binary']),
  executable: z.boolean(),
})

export type FileView = z.infer<typeof FileView>

/** The inventory of a version. */
export const FileListView = z.object({ items: z.array(FileView) }).meta({ id: 'FileList' })

export function viewFileEntry({ path, size, sha256, kind, isExecutable }: FileEntry) {
  return { path, size, sha256, kind, executable: isExecutable }
}
