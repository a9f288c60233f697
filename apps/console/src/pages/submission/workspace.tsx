import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Message } from '../../components/page-state.tsx'
import { useHotkeys } from '../../hotkeys/use-hotkeys.ts'
import { useMe } from '../../session/session.ts'
import { ActingOnFindings } from '../../suppress/finding-actions.tsx'
import { allFindings } from '../../wording/findings.ts'
import { readQueueSearch } from '../queue/queue-search.ts'
import type { Place } from './facts/comment-form.tsx'
import { Facts } from './facts/facts.tsx'
import { KnowingLive } from './facts/known-mark.tsx'
import { FilePane } from './file-pane.tsx'
import type { SubmissionSearch } from './route.ts'
import { diffQuery, findBase, type Opened } from './submission-queries.ts'
import { chooseFile } from './tree/choose-file.ts'
import { FileTree } from './tree/file-tree.tsx'
import { listFiles } from './tree/list-files.ts'
import { findingAt, stepFile, stepFinding } from './tree/step.ts'

const route = getRouteApi('/shell/submissions/$id')

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
  const open = (file: string | undefined) =>
    file && void navigate({ search: ({ line: _, ...last }) => ({ ...last, file }), replace: true })
  const [about, setAbout] = useState<Place>()
  const comment = (place: Place) => {
    setAbout(place)
    show({ tab: 'thread' })
  }
  const goTo = (file: string | undefined, line = 1) => file && show({ file, line, mode: 'file' })
  const goBack = useBack(search.from)
  useHotkeys('Files', [
    { keys: '[', does: 'Previous file', run: () => open(stepFile(shown, current, -1)) },
    { keys: ']', does: 'Next file', run: () => open(stepFile(shown, current, 1)) },
    { keys: 'n', does: 'Next finding', run: () => goTo(...stepFinding(findings, search, 1)) },
    { keys: 'p', does: 'Previous finding', run: () => goTo(...stepFinding(findings, search, -1)) },
    { keys: 'm', does: 'Comment', run: () => comment({}) },
    { keys: 'u', does: 'Back to the list', run: goBack },
  ])
  return (
    <ActingOnFindings
      opened={opened}
      here={findingAt(findings, search, current)}
      onComment={comment}
    >
      <KnowingLive opened={opened} findings={findings}>
        <div className="workspace">
          <section className="workspace-tree panel" aria-label="Files">
            <FileTree files={shown} current={current?.path} onOpen={open} />
          </section>
          <section className="workspace-code panel" aria-label="File">
            {current ? (
              <FilePane opened={opened} file={current} base={base} findings={findings} />
            ) : (
              <Message
                title={
                  submission.bundle_purged_at ? 'The bytes were removed' : 'There are no files'
                }
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
              about={about}
              onAbout={setAbout}
            />
          </section>
        </div>
      </KnowingLive>
    </ActingOnFindings>
  )
}

/** Leads to the list that one came from: the queue as it was for admins, what is one's own for others. */
function useBack(from: string | undefined): () => void {
  const { isAdmin } = useMe()
  const navigate = useNavigate()
  return () => {
    const search = readQueueSearch(Object.fromEntries(new URLSearchParams(from)))
    void (isAdmin ? navigate({ to: '/queue', search }) : navigate({ to: '/mine' }))
  }
}
