import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { CodeLook } from '../../code/code-look.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Loading } from '../../components/page-state.tsx'
import { useHotkeys } from '../../hotkeys/use-hotkeys.ts'
import { useIsNarrow } from '../../kit/use-media.ts'
import type { allFindings } from '../../wording/findings.ts'
import { FileBar } from './file-bar.tsx'
import type { Mode, SubmissionSearch } from './route.ts'
import { fileQuery, type Opened } from './submission-queries.ts'
import type { ShownFile } from './tree/list-files.ts'
import { useSplit } from './use-split.ts'

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
  const [wantsSplit, flipSplit] = useSplit()
  const isNarrow = useIsNarrow()
  const mode = modeOf(search, file)
  const show = (mode: Mode) =>
    void navigate({ search: (last) => ({ ...last, mode }), replace: true })
  const showChanges = () => (mode === 'changes' && !isNarrow ? flipSplit() : show('changes'))
  useHotkeys('The open file', [
    { keys: 'd', does: 'What changed; once more, side by side', run: showChanges },
    { keys: 'v', does: 'The whole file', run: () => show('file') },
    { keys: 'w', does: 'Show spaces', run: () => setSpaces(!spaces) },
    { keys: 'h', does: 'Its bytes, as hex', run: () => show('hex') },
  ])
  const isSplit = mode === 'changes' && wantsSplit && !isNarrow
  const look = { isHex: mode === 'hex', isSplit, showsSpaces: spaces }
  return (
    <>
      <FileBar
        file={file}
        mode={mode}
        look={look}
        base={base}
        onMode={show}
        onSplit={isNarrow ? undefined : flipSplit}
        onSpaces={() => setSpaces(!spaces)}
      />
      <OpenFile opened={opened} file={file} search={search} look={look} findings={findings} />
    </>
  )
}

/** The way one asked for, where the file can be shown so: what is gone has no bytes, and what is new no changes. */
export function modeOf({ mode = 'file' }: SubmissionSearch, { change }: ShownFile): Mode {
  if (change?.change === 'removed') return 'changes'
  return mode === 'changes' && !change ? 'file' : mode
}

/** The bytes of the file, or what changed in them, once they are there. */
function OpenFile(props: {
  opened: Opened
  file: ShownFile
  search: SubmissionSearch
  look: CodeLook
  findings: ReturnType<typeof allFindings>
}) {
  const { opened, file, search, look, findings } = props
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
  const panel = { path: file.path, findings: own, aim, look }
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
