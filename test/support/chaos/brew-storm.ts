import { setTimeout as sleep } from 'node:timers/promises'
import {
  approve,
  hang,
  inTurn,
  missing,
  type Reply,
  rateLimited,
  reset,
  say,
  status,
  truncated,
  wrongReceipt,
} from '@countersign/demo/model-replies'
import type { Dice } from '../dice.ts'
import { limitFiles } from './limit-files.ts'
import { honestly, poison } from './start-fleet.ts'
import type { Kept, StormyFleet } from './start-stormy-fleet.ts'

/** One thing that goes wrong, and gets well again. */
type Fault = (fleet: StormyFleet, parties: Parties, dice: Dice) => Promise<string>

export interface Parties {
  apis: readonly Kept[]
  workers: readonly Kept[]
}

/** What a model says that is out of its mind: never an approval of what must not pass. */
const moods: Readonly<Record<string, Reply>> = {
  hangs: hang(),
  'is overloaded': status(529),
  'asks to wait': rateLimited(1),
  fails: status(500),
  resets: reset(),
  babbles: say('It is all fine, believe me.'),
  truncates: truncated(),
  'leaves out the risk': missing('risk_level'),
  // An approval that belongs to another prompt, and then the truth.
  lies: ({ user }) => (user.includes(poison) ? inTurn(wrongReceipt(), honestly) : approve()),
}

const faults: Readonly<Record<string, Fault>> = {
  async 'kill a process'(_fleet, { apis, workers }, dice) {
    const victims = [...apis, ...workers]
    const nth = dice.below(victims.length)
    victims[nth]?.current?.signal('SIGKILL')
    return `process ${nth}`
  },
  async 'freeze a worker'(_fleet, { workers }, dice) {
    const frozen = workers[dice.below(workers.length)]?.current
    const ms = 500 + dice.below(4_000)
    frozen?.signal('SIGSTOP')
    await sleep(ms)
    frozen?.signal('SIGCONT')
    return `${ms} ms`
  },
  async 'flush Redis'(fleet) {
    await fleet.flushRedis()
    return ''
  },
  async 'restart Redis'(fleet) {
    await fleet.restartRedis()
    return ''
  },
  async 'restart PostgreSQL'(fleet) {
    await fleet.restartPostgres()
    return ''
  },
  async 'fill a disk'(_fleet, { apis, workers }, dice) {
    const victims = [...apis, ...workers]
    const nth = dice.below(victims.length)
    const pid = victims[nth]?.current?.pid
    const ms = 500 + dice.below(3_000)
    if (pid) limitFiles(pid, '1000')
    await sleep(ms)
    if (pid) limitFiles(pid, 'unlimited')
    return `of process ${nth} for ${ms} ms`
  },
  async 'harm a line'(fleet, _parties, dice) {
    const lines = Object.entries(fleet.links)
    const [name, link] = lines[dice.below(lines.length)] ?? []
    const how = dice.pick<'cut' | 'silence' | 'slow'>(['cut', 'silence', 'slow'])
    const ms = 300 + dice.below(4_000)
    if (how === 'slow') link?.slow(100)
    else link?.[how]()
    await sleep(ms)
    link?.heal()
    return `${how} ${name} for ${ms} ms`
  },
  async 'confuse the model'(fleet, _parties, dice) {
    const entries = Object.entries(moods)
    const [mood, reply] = entries[dice.below(entries.length)] ?? ['is well', honestly]
    const ms = 500 + dice.below(3_000)
    fleet.model.follow(reply)
    await sleep(ms)
    fleet.model.follow(honestly)
    return `it ${mood} for ${ms} ms`
  },
}

/** Lets one thing after the other go wrong until the time is over. Gives what went wrong, in order. */
export async function brewStorm(
  fleet: StormyFleet,
  parties: Parties,
  { dice, untilMs }: { dice: Dice; untilMs: number },
): Promise<string[]> {
  const log: string[] = []
  const entries = Object.entries(faults)
  while (performance.now() < untilMs) {
    const [name, strike] = entries[dice.below(entries.length)] ?? []
    const details = await strike?.(fleet, parties, dice)
    log.push(`${name} ${details}`)
    await sleep(dice.below(1_500))
  }
  return log
}
