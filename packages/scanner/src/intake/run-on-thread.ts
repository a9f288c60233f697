import { availableParallelism } from 'node:os'
import { ServiceError } from '@countersign/core/errors'
import { Piscina } from 'piscina'
import type { intakeTasks, Refusal } from './intake-tasks.ts'

/** A bundle that takes longer than this is refused: no honest one comes near. */
const patienceMs = 120_000
const threadsMax = 4

let pool: Piscina | undefined

type Tasks = typeof intakeTasks

/**
 * Runs a task of the intake on a thread of its own.
 *
 * The threads are the process's: however many intakes it holds, they share what cores there are. Once
 * started they stay, and idle ones keep no process alive. Threads that come and go can bring the whole
 * process down (nodejs/node#56312).
 *
 * @throws ServiceError what the task was refused for; `unavailable` if it took too long.
 */
export async function runOnThread<Name extends keyof Tasks>(
  name: Name,
  task: Parameters<Tasks[Name]>[0],
): Promise<Awaited<ReturnType<Tasks[Name]>>> {
  const signal = AbortSignal.timeout(patienceMs)
  pool ??= createPool()
  const outcome: { result: unknown } | Refusal = await pool
    .run({ name, task }, { signal })
    .catch((error) => {
      throw signal.aborted ? tooSlow(error) : error
    })
  if ('refused' in outcome) throw new ServiceError(outcome.refused.code, outcome.refused)
  return outcome.result as Awaited<ReturnType<Tasks[Name]>>
}

function createPool(): Piscina {
  return new Piscina({
    filename: new URL('./intake-thread.ts', import.meta.url).href,
    name: 'runTask',
    minThreads: 1,
    maxThreads: Math.min(threadsMax, availableParallelism()),
    idleTimeout: Number.POSITIVE_INFINITY,
  })
}

function tooSlow(cause: unknown): ServiceError {
  const detail = 'The bundle could not be checked in time.'
  return new ServiceError('unavailable', { detail, members: { retry_after_s: 30 }, cause })
}
