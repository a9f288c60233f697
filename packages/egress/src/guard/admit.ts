import { type Decision, decide, type Reason } from './decide.ts'
import type { Target } from './target.ts'

/** What the guard said about a write of a test process. A live process leaves no records. */
export interface GuardRecord {
  isAllowed: boolean
  reason: Reason
  target: Target
  op: string
  /** What the write is about: an issue, a delivery, an approval. */
  workItem: string | null
}

type Listener = (record: GuardRecord) => void

const listeners: Listener[] = []

/**
 * Is told of every decision about a write of a test process, until it unsubscribes. Of several only
 * the latest is told, so that a process that is API and worker at once keeps one record of each.
 */
export function onGuardRecord(listener: Listener): () => void {
  listeners.push(listener)
  return () => {
    const index = listeners.indexOf(listener)
    if (index >= 0) listeners.splice(index, 1)
  }
}

/**
 * Asks the guard about a write that is about to happen, and puts its decision on record.
 *
 * Every door out calls it, or `requireAdmitted`, before its first step towards the network.
 */
export function admit(target: Target, op: string, workItem?: string): Decision {
  const decision = decide(target, op, workItem)
  const [isAllowed, reason] = decision
  if (reason !== 'live-runtime') {
    tell({ isAllowed, reason, target, op, workItem: workItem ?? null })
  }
  return decision
}

/** The guard refused a write that its caller cannot do without. */
export class WriteBlocked extends Error {
  override readonly name = 'WriteBlocked'
  readonly reason: Reason

  constructor(target: Target, op: string, reason: Reason) {
    super(`The write guard keeps this test process from ${op} on ${target.id || '?'}: ${reason}.`)
    this.reason = reason
  }
}

/** Asks the guard, and throws `WriteBlocked` where it refuses. */
export function requireAdmitted(target: Target, op: string): void {
  const [isAllowed, reason] = admit(target, op)
  if (!isAllowed) throw new WriteBlocked(target, op, reason)
}

/** A refusal is loud even where nobody listens. A listener that fails changes no decision. */
function tell(record: GuardRecord): void {
  try {
    const listener = listeners.at(-1) ?? (record.isAllowed ? undefined : shout)
    listener?.(record)
  } catch (error) {
    process.stderr.write(`The listener of the write guard failed: ${String(error)}\n`)
  }
}

function shout(record: GuardRecord): void {
  process.stderr.write(`${JSON.stringify({ level: 'warn', msg: 'write BLOCKED', ...record })}\n`)
}
