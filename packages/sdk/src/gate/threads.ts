import type {
  ChangeBody,
  SessionBody,
  SessionView,
  TurnBody,
  TurnView,
} from '@countersign/contract/approvals/session'
import type { sessionsApi } from '../approvals/sessions-api.ts'
import { CountersignError } from '../request.ts'
import { checkMode } from './check-mode.ts'
import { NotApproved } from './errors.ts'
import type { AskOptions, Effect, Gate, Question } from './gate.ts'

/** What an agent gets back from an action: what it gave, or that it was not to run, and why. */
export type ToolResult<Value> = { ok: true; value: Value } | { ok: false; error: string }

/** One run of an agent in a thread. */
export interface Turn extends TurnView {
  /** Runs an effect if the gate says yes. A no is a result for the agent, not the end of the turn. */
  attempt<Value>(
    question: Omit<Question, 'session_id' | 'workspace_id'>,
    effect: Effect<Value>,
    options?: AskOptions,
  ): Promise<ToolResult<Value>>
}

/** A thread of an agent's work: what is chosen for it stays, until something else is chosen. */
export interface Thread {
  id: string
  /** The thread as the service has it now. */
  read(query?: { include?: 'turns' }): Promise<SessionView>
  /** Runs a turn. What `options` override stays for later turns; without any, nothing is rewritten. */
  run<Value>(work: (turn: Turn) => Promise<Value>, options?: TurnBody): Promise<Value>
  resume(options?: ChangeBody): Promise<SessionView>
  fork(options?: ChangeBody): Promise<Thread>
}

export interface Threads {
  /** Without a mode the service's default holds: `auto_review`. */
  start(options?: SessionBody): Promise<Thread>
  open(id: string): Thread
  list: ReturnType<typeof sessionsApi>['list']
}

/** The threads of an agent's program. What contradicts itself is refused before anything is sent. */
export function createThreads(sessions: ReturnType<typeof sessionsApi>, gate: Gate): Threads {
  const open = (id: string): Thread => ({
    id,
    read: (query) => sessions.get(id, query),
    run: (work, options) => runTurn({ sessions, gate }, id, work, options),
    resume: async (options = {}) => {
      checkMode(options.approval_mode, options.sandbox, 'sandbox')
      return sessions.resume(id, options)
    },
    fork: async (options = {}) => {
      checkMode(options.approval_mode, options.sandbox, 'sandbox')
      return open((await sessions.fork(id, options)).id)
    },
  })
  return {
    open,
    list: sessions.list,
    start: async (options = {}) => {
      checkMode(options.approval_mode, options.sandbox, 'sandbox')
      return open((await sessions.start(options)).id)
    },
  }
}

interface Parts {
  sessions: ReturnType<typeof sessionsApi>
  gate: Gate
}

async function runTurn<Value>(
  { sessions, gate }: Parts,
  sessionId: string,
  work: (turn: Turn) => Promise<Value>,
  options: TurnBody = {},
): Promise<Value> {
  checkMode(options.approval_mode, options.sandbox_policy, 'sandbox_policy')
  const started = await sessions.startTurn(sessionId, options)
  const turn: Turn = {
    ...started,
    attempt: (question, effect, ask) =>
      attempt(gate.run({ ...question, session_id: sessionId }, effect, ask)),
  }
  try {
    const value = await work(turn)
    await sessions.moveTurn(started.id, 'completed')
    return value
  } catch (error) {
    await sessions.moveTurn(started.id, 'failed').catch(() => {})
    throw error
  }
}

/** Turns a no into a result. What the effect itself threw, and a gate that failed, are errors still. */
async function attempt<Value>(running: Promise<Value>): Promise<ToolResult<Value>> {
  try {
    return { ok: true, value: await running }
  } catch (error) {
    const isRefusal =
      error instanceof NotApproved || (error instanceof CountersignError && error.status === 403)
    if (!isRefusal) throw error
    return { ok: false, error: error.message }
  }
}
