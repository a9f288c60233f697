import { setTimeout as sleep } from 'node:timers/promises'
import { aSkill, zip } from '../bundles.ts'
import type { Dice } from '../dice.ts'
import type { Person } from '../start-service.ts'
import { poison } from './start-fleet.ts'
import { type Kept, personAt } from './start-stormy-fleet.ts'

/** A submission that the service said it has. */
export interface Acknowledged {
  submissionId: string
  isPoisoned: boolean
  /** Whether its own submitter took it back, or the entity with it. */
  isGivenUp: boolean
}

/**
 * Submits, edits, takes back and archives, through whichever API answers, until the time is over.
 * Gives what was acknowledged: it must not be lost.
 */
export async function submitSteadily(
  person: Person,
  apis: readonly Kept[],
  { dice, untilMs, name }: { dice: Dice; untilMs: number; name: string },
): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = []
  const entities: string[] = []
  for (let serial = 0; performance.now() < untilMs; serial += 1) {
    const api = apis[dice.below(apis.length)]
    const here = api && personAt(api, person)
    const isPoisoned = dice.chance(0.3)
    const what = { name: `${name}-${serial}`, note: `${serial} ${isPoisoned ? poison : ''}` }
    const work =
      here && act(here, { entities, acknowledged, dice, files: aSkill(what), isPoisoned })
    await work?.catch(() => {})
    await sleep(dice.below(400))
  }
  return acknowledged
}

async function act(
  person: Person,
  turn: {
    entities: string[]
    acknowledged: Acknowledged[]
    dice: Dice
    files: ReturnType<typeof aSkill>
    isPoisoned: boolean
  },
): Promise<void> {
  const { entities, acknowledged, dice, files, isPoisoned } = turn
  const entity = entities[dice.below(entities.length)]
  const last = acknowledged.at(-1)
  if (entity && dice.chance(0.4)) {
    const file = { bytes: await zip(files), fileName: 'bundle.zip' }
    const { status, body } = await person.send('PUT', `/api/store/entities/${entity}`, {
      form: { file },
    })
    if (status !== 200) return
    acknowledged.push({ submissionId: body.submission.id, isPoisoned, isGivenUp: false })
  } else if (last && dice.chance(0.1)) {
    last.isGivenUp = true
    await person.send('POST', `/api/store/submissions/${last.submissionId}/withdraw`)
  } else {
    const { status, body } = await person.submit(files)
    if (status !== 201) return
    entities.push(body.id)
    acknowledged.push({ submissionId: body.submission.id, isPoisoned, isGivenUp: false })
  }
}
