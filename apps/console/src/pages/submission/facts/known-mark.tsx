import type { FindingView } from '@countersign/sdk'
import { useQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { Mark } from '../../../components/mark.tsx'
import { liveFindingsQuery, type Opened } from '../submission-queries.ts'
import { tellKnown } from './tell-known.ts'

const Known = createContext<(finding: FindingView) => string | undefined>(() => undefined)

/** Lets what was found in a submission be compared with the live version, wherever it is shown within. */
export function KnowingLive(props: {
  opened: Opened
  findings: readonly FindingView[]
  children: ReactNode
}) {
  const { opened, findings, children } = props
  const { data: live } = useQuery({
    ...liveFindingsQuery(opened),
    ...(findings.length === 0 && { enabled: false }),
  })
  const tell = useMemo(() => tellKnown(findings, live ?? []), [findings, live])
  return <Known value={tell}>{children}</Known>
}

/** Says of a finding that the live version has it as well, if it does. */
export function KnownMark({ finding }: { finding: FindingView }) {
  const text = useContext(Known)(finding)
  if (!text) return null
  return (
    <Mark tone="gray" icon={History}>
      {text}
    </Mark>
  )
}
