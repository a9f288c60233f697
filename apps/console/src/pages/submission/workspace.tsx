import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { Loaded } from '../../components/loaded.tsx'
import { Loading, Message } from '../../components/page-state.tsx'
import { useHotkeys } from '../../hotkeys/use-hotkeys.ts'
import { SuppressingFindings } from '../../suppress/finding-actions.tsx'
import { allFindings } from '../../wording/findings.ts'
import { Facts } from './facts/facts.tsx'
import { FileBar } from './file-bar.tsx'
import type { SubmissionSearch } from './route.ts'
import { diffQuery, fileQuery, findBase, type Opened } from './submission-queries.ts'
import { chooseFile } from './tree/choose-file.ts'
import { FileTree } from './tree/file-tree.tsx'
import { listFiles, type ShownFile } from './tree/list-files.ts'
import { findingAt, stepFile, stepFinding } from './tree/step.ts'

const route = getRouteApi('/shell/submissions/$id')
const CodePanel = lazy(async () => {
  const { CodePanel: component } = await import('../../code/code-panel.tsx')
  return { default: component }
})

/** The files, the one that is open, and the facts beside it. */
export function Workspace({ opened }: { opened: Opened }) {
  const { submission, files } = opened
  const base = findBase(opened)
  const diff = useQuery(diffQuery(submission.entity_id, base, submission.version_no))
  const findings = useMemo(() => allFindings(submission), [submission])
  const shown = useMemo(
    () => listFiles(files, base === null ? undefined : diff.data, findings),
    [files, base, diff.data, findings],
  )
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const show = (next: SubmissionSearch) =>
    void navigate({ search: (last) => ({ ...last, ...next }), replace: true })
  const current = shown.find(({ path }) => path === search.file) ?? chooseFile(shown, findings)
  const [spaces, setSpaces] = useState(false)
  const open = (file: string | undefined) =>
    file && void navigate({ search: ({ line: _, ...last }) => ({ ...last, file }), replace: true })
  const goTo = (file: string | undefined, line = 1) => file && show({ file, line, mode: 'file' })
  useHotkeys('Files', [
    { keys: '[', does: 'Previous file', run: () => open(stepFile(shown, current, -1)) },
    { keys: ']', does: 'Next file', run: () => open(stepFile(shown, current, 1)) },
    { keys: 'n', does: 'Next finding', run: () => goTo(...stepFinding(findings, search, 1)) },
    { keys: 'p', does: 'Previous finding', run: () => goTo(...stepFinding(findings, search, -1)) },
    { keys: 'd', does: 'What changed', run: () => show({ mode: 'changes' }) },
    { keys: 'v', does: 'The whole file', run: () => show({ mode: 'file' }) },
    { keys: 'w', does: 'Show spaces', run: () => setSpaces(!spaces) },
  ])
  return (
    <SuppressingFindings opened={opened} here={findingAt(findings, search, current)}>
      <div className="workspace">
        <section className="workspace-tree panel" aria-label="Files">
          <FileTree files={shown} current={current?.path} onOpen={open} />
        </section>
        <section className="workspace-code panel" aria-label="File">
          {current ? (
            <>
              <FileBar
                file={current}
                mode={modeOf(search, current)}
                spaces={spaces}
                base={base}
                onMode={(mode) => show({ mode })}
                onSpaces={() => setSpaces(!spaces)}
              />
              <OpenFile
                opened={opened}
                file={current}
                search={search}
                spaces={spaces}
                findings={findings}
              />
            </>
          ) : (
            <Message
              title={submission.bundle_purged_at ? 'The bytes were removed' : 'There are no files'}
            />
          )}
        </section>
        <section className="workspace-facts panel" aria-label="Facts">
          <Facts
            opened={opened}
            findings={findings}
            onGoTo={goTo}
            tab={search.tab}
            onTab={(tab) => show({ tab })}
          />
        </section>
      </div>
    </SuppressingFindings>
  )
}

/** What changed is what matters where something was live before; a new file is shown as it is. */
export function modeOf({ mode }: SubmissionSearch, { change }: ShownFile): 'file' | 'changes' {
  if (change?.change === 'removed') return 'changes'
  return mode === 'changes' && change ? 'changes' : 'file'
}

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
