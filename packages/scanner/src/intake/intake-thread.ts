import { getPriority, setPriority } from 'node:os'
import { intakeTasks, type Refusal, toRefusal } from './intake-tasks.ts'

// On Linux this is the priority of this thread alone: where cores are short, those who wait for an
// answer go before those who wait for a verdict.
setPriority(Math.min(getPriority() + 5, 19))

type Tasks = typeof intakeTasks

/** One call of a task, as it comes from the other thread. */
export type Call = {
  [Name in keyof Tasks]: { name: Name; task: Parameters<Tasks[Name]>[0] }
}[keyof Tasks]

/**
 * Runs one task in this thread. What the caller may see is given back; anything else is thrown.
 *
 * @public The pool finds it by its name.
 */
export async function runTask({ name, task }: Call): Promise<{ result: unknown } | Refusal> {
  try {
    const run = intakeTasks[name] as (task: unknown) => Promise<unknown>
    return { result: await run(task) }
  } catch (error) {
    return toRefusal(error)
  }
}
