import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { Loaded } from '../../components/loaded.tsx'
import { Loading } from '../../components/page-state.tsx'
import { useHotkeys } from '../../hotkeys/use-hotkeys.ts'
import type { allFindings } from '../../wording/findings.ts'
import { FileBar } from './file-bar.tsx'
import type { SubmissionSearch } from './route.ts'
import { fileQuery, type Opened } from './submission-queries.ts'
import type { ShownFile } from './tree/list-files.ts'

const route = getRouteApi('/shell/submissions/$id')
const CodePanel = lazy(async () => {
  const { CodePanel: component } = await import('../../code/code-panel.tsx')
  return { default: component }
})

/** The file that is open, below its name and the ways to look at it. */
export function FilePane(props: {
  opened: Opened
  file: ShownFile
  base: number | null
  findings: ReturnType<typeof allFindings>
}) {
  const { opened, file, base, findings } = props
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [spaces, setSpaces] = useState(false)
  const show = (mode: 'file' | 'changes') =>
    void navigate({ search: (last) => ({ ...last, mode }), replace: true })
  useHotkeys('The open file', [
    { keys: 'd', does: 'What changed', run: () => show('changes') },
    { keys: 'v', does: 'The whole file', run: () => show('file') },
    { keys: 'w', does: 'Show spaces', run: () => setSpaces(!spaces) },
  ])
  return (
    <>
      <FileBar
        file={file}
        mode={modeOf(search, file)}
        spaces={spaces}
        base={base}
        onMode={show}
        onSpaces={() => setSpaces(!spaces)}
      />
      <OpenFile opened={opened} file={file} search={search} spaces={spaces} findings={findings} />
    </>
  )
}

/** What changed is what matters where something was live before; a new file is shown as it is. */
export function modeOf({ mode }: SubmissionSearch, { change }: ShownFile): 'file' | 'changes' {
  if (change?.change === 'removed') return 'changes'
  return mode === 'changes' && change ? 'changes' : 'file'
}

/** The bytes of the file, or what changed in them, once they are there. */
function OpenFile(props: {
  opened: Opened
  file: ShownFile
  search: SubmissionSearch
  spaces: boolean
  findings: ReturnType<typeof allFindings>
}) {
  const { opened, file, search, spaces, findings } = props
  const { entity_id: entityId, version_no: n } = opened.submission
  const own = useMemo(() => findings.filter((one) => one.file === file.path), [findings, file.path])
  const aim = useMemo(() => (search.line ? { line: search.line } : undefined), [search.line])
  const isChange = modeOf(search, file) === 'changes' && file.change
  const query = useQuery({
    ...fileQuery(
      entityId,
      n,
      file.entry ?? { path: '', size: 0, sha256: '', kind: 'text', executable: false },
    ),
    enabled: !isChange && file.entry !== undefined,
  })
  const panel = { path: file.path, findings: own, aim, showsSpaces: spaces }
  return (
    <Suspense fallback={<Loading rows={14} />}>
      {isChange ? (
        <CodePanel {...panel} content={{ kind: 'change', change: isChange }} />
      ) : (
        <Loaded query={query} rows={14}>
          {(content) => <CodePanel key={file.path} {...panel} content={content} />}
        </Loaded>
      )}
    </Suspense>
  )
}
