import type { FileEntry } from '@countersign/core/store/file-tree'
import { z } from 'zod'

/** The number of a version. None is higher than what the column holds. */
export const VersionNumber = z.coerce.number().int().min(1).max(2_147_483_647)

/** The same in a path. Whatever can be no number of a version names one that there is not. */
export const VersionInPath = z
  .string()
  .transform((text) => VersionNumber.safeParse(text).data ?? 0)
  .meta({ type: 'integer', minimum: 1 })

export const FileView = z.object({
  path: z.string(),
  size: z.int(),
  sha256: z.string(),
  kind: z.enum(['text', 'image', 'font', 'binary']),
  executable: z.boolean(),
})

export type FileView = z.infer<typeof FileView>

/** What became of each file between two versions. */
export const DiffView = z
  .object({
    files: z.array(
      z.object({
        path: z.string(),
        change: z.enum(['added', 'removed', 'modified', 'renamed']),
        from_path: z.string().nullable().describe('Where it was before, if it was renamed.'),
        patch: z.string().nullable().describe('A unified patch, where there is one to show.'),
        note: z.string().nullable().describe('Why there is none, or what else changed.'),
      }),
    ),
  })
  .meta({ id: 'Diff' })
export type DiffView = z.infer<typeof DiffView>

/** The inventory of a version. */
export const FileListView = z.object({ items: z.array(FileView) }).meta({ id: 'FileList' })

export function viewFileEntry({ path, size, sha256, kind, isExecutable }: FileEntry) {
  return { path, size, sha256, kind, executable: isExecutable }
}
