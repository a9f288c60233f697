import { type Invocation, requireText, UsageError } from './command.ts'

/** An option that says how many seconds. */
export function readSeconds(invocation: Invocation, name: string): number {
  const seconds = Number(requireText(invocation, name))
  if (Number.isFinite(seconds) && seconds >= 0) return seconds
  throw new UsageError(`--${name} is a number of seconds.`)
}
