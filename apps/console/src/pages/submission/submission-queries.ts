import type {
  AdminSubmissionView,
  EntityView,
  FileView,
  RemarkView,
  SubmissionView,
} from '@countersign/sdk'
import { queryOptions } from '@tanstack/react-query'
import type { FileContent } from '../../code/code-panel.tsx'
import { countersign } from '../../session/client.ts'
import { isProblem } from '../../session/query-client.ts'

/** Everything the page is made of. What happened to it is for admins to see. */
export interface Opened {
  submission: SubmissionView
  entity: EntityView
  files: readonly FileView[]
  thread: readonly RemarkView[]
  timeline: AdminSubmissionView['timeline'] | undefined
}

export function submissionQuery(id: string, isAdmin: boolean) {
  return queryOptions({
    queryKey: ['submission', id],
    queryFn: () => (isAdmin ? openAsAdmin(id) : openAsOwner(id)),
  })
}

async function openAsAdmin(id: string): Promise<Opened> {
  const submission = await countersign.admin.submission(id)
  const { entity, files, thread, timeline } = submission
  return { submission, entity, files, thread, timeline }
}

async function openAsOwner(id: string): Promise<Opened> {
  const submission = await countersign.store.submission(id)
  const { entity_id: entityId, version_no: n } = submission
  const [entity, files] = await Promise.all([
    countersign.store.get(entityId),
    countersign.store.files(entityId, n).catch(forgiveMissing),
  ])
  return { submission, entity, files: files.items, thread: submission.thread, timeline: undefined }
}

/** The bytes of what was blocked are removed after a while; the verdict stays. */
function forgiveMissing(error: unknown): { items: FileView[] } {
  if (isProblem(error, 'version_not_found')) return { items: [] }
  throw error
}

/** The bytes of one file, which never change. */
export function fileQuery(entityId: string, n: number, { path, kind }: FileView) {
  return queryOptions({
    queryKey: ['file', entityId, n, path],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    queryFn: async (): Promise<FileContent> => {
      const response = await countersign.store.file(entityId, n, path)
      const bytes = new Uint8Array(await response.arrayBuffer())
      return { kind: 'file', bytes, isText: kind === 'text' }
    },
  })
}

/** What changed between two versions, which never changes. */
export function diffQuery(entityId: string, from: number | null, to: number) {
  return queryOptions({
    queryKey: ['diff', entityId, from, to],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () =>
      from === null ? [] : (await countersign.store.diff(entityId, from, to)).files,
  })
}

/** What was found in the live version, where that is another one. */
export function liveFindingsQuery({ submission, entity }: Opened) {
  const { version_no: n, entity_version_no: live } = submission
  const version = live === n ? undefined : entity.versions?.find((known) => known.n === live)
  const id = version?.submission_id ?? ''
  return queryOptions({
    queryKey: ['report', id],
    enabled: id !== '',
    queryFn: async () => (await countersign.store.report(id)).findings,
  })
}

/** The version that this one is measured against: the live one, or the last one that had passed. */
export function findBase({ submission, entity }: Pick<Opened, 'submission' | 'entity'>) {
  const { version_no: n, entity_version_no: live } = submission
  if (live !== null && live !== n) return live
  const passed = (entity.versions ?? []).filter(
    (version) => version.n < n && ['approved', 'overridden'].includes(version.status),
  )
  return passed.at(-1)?.n ?? null
}
