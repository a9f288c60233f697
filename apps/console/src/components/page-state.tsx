import { CountersignError, Unreachable } from '@countersign/sdk'
import {
  CircleSlash,
  CloudOff,
  Inbox,
  Lock,
  type LucideIcon,
  SearchX,
  TriangleAlert,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../kit/button.tsx'

/** A page, or a part of one, that has nothing to show, and says why and what to do about it. */
export function Message(props: {
  icon?: LucideIcon
  title: string
  /** Whether there is nothing else on the page. */
  isPage?: boolean
  children?: ReactNode
}) {
  const { icon: Icon = Inbox, title, isPage, children } = props
  const Heading = isPage ? 'h1' : 'h2'
  return (
    <div className="message">
      <Icon size={28} strokeWidth={1.5} aria-hidden />
      <Heading>{title}</Heading>
      {children}
    </div>
  )
}

/** Something is on its way. Grey lines stand where it will be, so that nothing jumps. */
export function Loading({ rows = 6 }: { rows?: number }) {
  return (
    <output className="loading">
      <span className="unseen">Loading …</span>
      {Array.from({ length: rows }, (_, line) => `${92 - ((line * 23) % 41)}%`).map((width) => (
        <span key={width} className="skeleton" style={{ width }} />
      ))}
    </output>
  )
}

interface Failure {
  icon: LucideIcon
  title: string
  text: string
  /** Whether trying again may help. */
  isRetryable: boolean
}

/** What went wrong while something was read: offline, forbidden, missing, or the service's own words. */
export function Failed(props: { error: unknown; onRetry?: () => void; isPage?: boolean }) {
  const { error, onRetry, isPage } = props
  const { icon, title, text, isRetryable } = describeFailure(error)
  return (
    <div role="alert">
      <Message icon={icon} title={title} isPage={isPage ?? false}>
        <p>{text}</p>
        {error instanceof CountersignError && (
          <p className="small quiet">Request {error.problem.request_id}</p>
        )}
        {isRetryable && onRetry && <Button onClick={onRetry}>Try again</Button>}
      </Message>
    </div>
  )
}

function describeFailure(error: unknown): Failure {
  if (error instanceof Unreachable) return failures.offline
  if (!(error instanceof CountersignError)) return failures.broken
  const known = byStatus[error.status]
  return known ?? { ...failures.broken, text: error.message }
}

const failures = {
  offline: {
    icon: CloudOff,
    title: 'The service does not answer',
    text: 'You may be offline, or it is being restarted. Nothing you entered here is lost.',
    isRetryable: true,
  },
  broken: {
    icon: TriangleAlert,
    title: 'This did not work',
    text: 'The console met something it did not expect.',
    isRetryable: true,
  },
} as const satisfies Record<string, Failure>

const byStatus: Readonly<Record<number, Failure>> = {
  403: {
    icon: Lock,
    title: 'Not allowed',
    text: 'This needs the role of an admin. Ask one of yours for it, or to look for you.',
    isRetryable: false,
  },
  404: {
    icon: SearchX,
    title: 'There is nothing here',
    text: 'It does not exist, or it is not yours to see.',
    isRetryable: false,
  },
  410: {
    icon: CircleSlash,
    title: 'Its bytes are gone',
    text: 'They were removed after the time for which they are kept.',
    isRetryable: false,
  },
}
