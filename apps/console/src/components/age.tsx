import { formatSpan } from '../wording/numbers.ts'

/** How long ago something was; the exact moment on demand. */
export function Age({ at }: { at: string }) {
  const moment = new Date(at)
  return (
    <time dateTime={at} title={moment.toLocaleString()} className="num nowrap">
      {formatSpan(Date.now() - moment.getTime())}
    </time>
  )
}
