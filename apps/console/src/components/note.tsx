import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Tone } from '../wording/status-words.ts'
import { InertText } from './inert-text.tsx'

const icons: Partial<Record<Tone, LucideIcon>> = { red: CircleAlert, amber: TriangleAlert }

/** Something to know before one goes on, above what it is about. `isNews`: it came while one looked. */
export function Note(props: {
  tone: Tone
  title: string
  isNews?: boolean
  children?: ReactNode
  action?: ReactNode
}) {
  const { tone, title, isNews, children, action } = props
  const Icon = icons[tone] ?? Info
  return (
    <div className="note" data-tone={tone} role={isNews ? 'alert' : undefined}>
      <Icon size={16} aria-hidden />
      <div className="grow">
        <strong>
          <InertText text={title} />
        </strong>
        {children && <div>{children}</div>}
      </div>
      {action}
    </div>
  )
}
