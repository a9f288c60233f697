import type { FindingView, SubmissionView } from '@countersign/sdk'
import { type Tab, Tabs } from '../../../kit/tabs.tsx'
import { hasGains } from '../../../wording/describe-capability.ts'
import type { Opened } from '../submission-queries.ts'
import { Capabilities } from './capabilities.tsx'
import type { Place } from './comment-form.tsx'
import { FindingsList } from './findings-list.tsx'
import { ReportLinks } from './report-links.tsx'
import { ThreadView } from './thread-view.tsx'
import { Timeline } from './timeline.tsx'
import { Verdict } from './verdict.tsx'

/** What is known about the submission, a tab for each kind. What it gains comes first. */
export function Facts(props: {
  opened: Opened
  findings: readonly FindingView[]
  tab: string | undefined
  onTab: (tab: string) => void
  onGoTo: (file: string, line?: number) => void
  about: Place | undefined
  onAbout: (about: Place | undefined) => void
}) {
  const { opened, findings, tab, onTab, onGoTo, about, onAbout } = props
  const { submission, thread, timeline } = opened
  const tabs: Tab[] = [
    {
      value: 'capabilities',
      label: 'Capabilities',
      content: <Capabilities submission={submission} />,
    },
    {
      value: 'findings',
      label: 'Findings',
      count: findings.length,
      content: (
        <>
          <FindingsList findings={findings} onGoTo={onGoTo} />
          <ReportLinks submission={submission} />
        </>
      ),
    },
    { value: 'verdict', label: 'Verdict', content: <Verdict submission={submission} /> },
    {
      value: 'thread',
      label: 'Thread',
      ...(thread.length > 0 && { count: thread.length }),
      content: <ThreadView opened={opened} about={about} onAbout={onAbout} onGoTo={onGoTo} />,
    },
  ]
  if (timeline) {
    tabs.push({
      value: 'timeline',
      label: 'Timeline',
      content: <Timeline timeline={timeline} opened={opened} />,
    })
  }
  const chosen = tabs.find(({ value }) => value === tab)?.value ?? mostTelling(submission, findings)
  return <Tabs label="Facts" tabs={tabs} value={chosen} onChange={onTab} />
}

/** What it gains, if it gains anything; else what stopped it; else how the verdict came about. */
function mostTelling(submission: SubmissionView, findings: readonly FindingView[]): string {
  if (hasGains(submission.capability_delta)) return 'capabilities'
  return findings.some(({ tier }) => tier !== 'annotate') ? 'findings' : 'verdict'
}
