import { expect } from 'vitest'
import { startReceiver } from '../receiver.ts'
import type { Person } from '../start-service.ts'
import { until } from '../until.ts'
import type { FaultyProcess, Role } from './faulty-process.ts'
import { type Fleet, submitAny } from './start-fleet.ts'

/** Within this a process that is given work comes to every step of it. */
const patienceMs = 120_000

/** An API that nobody harms, a webhook that hears everything, and somebody who submits. */
export async function openShop(fleet: Fleet) {
  const receiver = await startReceiver()
  const callers = fleet.callersOf(await fleet.start(['api']))
  const admin = await callers.asAdmin()
  await admin.send('POST', '/api/admin/webhooks', {
    json: { url: `${receiver.url}/hook`, events: ['*'] },
  })
  return {
    callers,
    receiver,
    ada: await callers.asSomebody(),
    /** Waits for a verdict on everything, for as long as is promised. */
    settle: () =>
      until(async () => {
        const waiting = await fleet.db.$client`
            select id, due_at, lease_id, failures from submissions where status = 'pending_llm'`
        expect(waiting).toEqual([])
      }),
  }
}

/** The same person, at another API. */
export function as(
  fleet: Pick<Fleet, 'callersOf'>,
  api: FaultyProcess,
  { id, email, token }: Person,
): Person {
  return fleet.callersOf(api).as({ id, email, token })
}

/** One that passes and one that must not. Whoever is answered nothing has been told nothing. */
export async function submitBoth(person: Pick<Person, 'submit'>): Promise<void> {
  const answers = [true, false].map((isPoisoned) => submitAny(person, { isPoisoned }))
  await Promise.allSettled(answers)
}

const isUpkeep = /deleteBefore|endBypasses/

/** Whether it is worth to end at a step: before one is after the one that came before, but for a commit. */
export function isTelling(step: string): boolean {
  return /^(after|before commit) /.test(step) && !isUpkeep.test(step)
}

/**
 * The steps that a process takes each time it does all of its work, so that its successors come to them
 * as well. What is done once in the life of an installation, only the first of two scouts comes to.
 */
export async function scout(
  fleet: Fleet,
  roles: readonly Role[],
  work: (scout: FaultyProcess) => Promise<void>,
): Promise<string[]> {
  const [first, second] = [await scoutOnce(fleet, roles, work), await scoutOnce(fleet, roles, work)]
  return [...first].filter((step) => second.has(step) && isTelling(step))
}

async function scoutOnce(
  fleet: Fleet,
  roles: readonly Role[],
  work: (scout: FaultyProcess) => Promise<void>,
): Promise<ReadonlySet<string>> {
  const process = await fleet.start(roles)
  await work(process)
  await until(async () => {
    const [waiting] = await fleet.db.$client`
      select 1 from submissions where status = 'pending_llm'
      union select 1 from webhook_deliveries where status = 'pending'
      union select 1 from events where seq is null`
    expect(roles.includes('worker') ? waiting : undefined).toBeUndefined()
  })
  await process.stop()
  return process.steps
}

/** Starts a process, and gives it work until it has died at the step. */
export async function killAt(
  fleet: Fleet,
  roles: readonly Role[],
  step: string,
  work: (victim: FaultyProcess) => Promise<void>,
): Promise<void> {
  const victim = await fleet.start(roles)
  victim.arm({ step, signal: 'SIGKILL' })
  let isGone = false
  void victim.gone.then(() => {
    isGone = true
  })
  const deadline = performance.now() + patienceMs
  while (!isGone) {
    if (performance.now() > deadline) throw new Error(`It never came to the step "${step}".`)
    await work(victim)
    await Promise.race([victim.gone, new Promise((resolve) => setTimeout(resolve, 1_000))])
  }
}

/** Waits until nothing is left to be told; gives the events that were. */
export async function untilTold({ db }: Fleet): Promise<Set<string>> {
  await until(async () => {
    const left = await db.$client`
        select id from webhook_deliveries where status <> 'delivered'
        union select id from events where seq is null`
    expect(left).toEqual([])
  })
  const events = await db.$client`select id from events`
  return new Set(events.map(({ id }) => id))
}

/** Does it for each of them, with several on the way at once. */
export async function forEachAtOnce<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  const runLane = async () => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: lanes }, runLane))
}
