import type { FindingView } from '@countersign/sdk'
import { Flame, Info, type LucideIcon, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { Tone } from '../wording/status-words.ts'
import { Mark } from './mark.tsx'

type Severity = FindingView['severity']

const looks: Readonly<Record<Severity, { tone: Tone; icon: LucideIcon }>> = {
  critical: { tone: 'red', icon: Flame },
  high: { tone: 'red', icon: OctagonAlert },
  medium: { tone: 'orange', icon: TriangleAlert },
  low: { tone: 'amber', icon: TriangleAlert },
  info: { tone: 'gray', icon: Info },
}

/** How bad something is, as sign, colour and word. */
export function SeverityMark({ severity, isBare }: { severity: Severity; isBare?: boolean }) {
  const { tone, icon } = looks[severity]
  return (
    <Mark tone={tone} icon={icon} isBare={isBare ?? false}>
      {severity}
    </Mark>
  )
}
