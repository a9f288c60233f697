import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Tone } from '../wording/status-words.ts'

/** A word with a colour and a sign; any two of the three are enough to tell. */
export function Mark(props: {
  tone: Tone
  icon?: LucideIcon
  isBare?: boolean
  children: ReactNode
}) {
  const { tone, icon: Icon, isBare, children } = props
  return (
    <span className="mark" data-tone={tone} data-bare={isBare || undefined}>
      {Icon && <Icon size={14} aria-hidden />}
      {children}
    </span>
  )
}
