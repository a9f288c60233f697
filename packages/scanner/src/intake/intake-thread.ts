import { intakeTasks, type Refusal, toRefusal } from './intake-tasks.ts'

type Tasks = typeof intakeTasks

/** One call of a task, as it comes from the other thread. */
export type Call = {
  [Name in keyof Tasks]: { name: Name; task: Parameters<Tasks[Name]>[0] }
}[keyof Tasks]

/** Runs one task in this thread. What the caller may see is given back; anything else is thrown. */
export async function runTask({ name, task }: Call): Promise<{ result: unknown } | Refusal> {
  try {
    const run = intakeTasks[name] as (task: unknown) => Promise<unknown>
    return { result: await run(task) }
  } catch (error) {
    return toRefusal(error)
  }
}
