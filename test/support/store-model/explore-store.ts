import { createDice, type Dice } from '../dice.ts'
import { readWithYauzl } from '../read-with-yauzl.ts'
import { apply } from './apply-command.ts'
import { type Command, thinkOf, type Who } from './commands.ts'
import type { DrivenStore } from './drive-store.ts'
import type { EntityModel, Outcome, StoreModel } from './store-model.ts'

/**
 * Does random things to a store, some of them at once, and holds what comes of it against the model.
 *
 * Things done at once must have come out as if they had been done one after the other, in some
 * order. Whoever came in somebody's way may have been told `entity_busy`, and then did nothing.
 */
export async function exploreStore(
  store: DrivenStore,
  { seed, steps }: { seed: number; steps: number },
): Promise<void> {
  const dice = createDice(seed)
  let model: StoreModel = { entities: new Map(), reviews: new Map() }
  let possible = [model]
  const story: string[] = []
  for (let step = 0; step < steps; step += 1) {
    const commands = Array.from({ length: dice.pick([1, 1, 2, 3]) }, (_, nth) =>
      thinkOf(dice, model, step * 10 + nth),
    )
    const outcomes = await Promise.all(commands.map((command) => store.execute(command)))
    story.push(commands.map((command, nth) => tell(command, outcomes[nth])).join('\n  & '))
    const found = view(await store.look())
    const before = viewModel(model)
    possible = possible.flatMap((before) => explain(before, { commands, outcomes, found }))
    possible = [...new Map(possible.map((after) => [fingerprint(after), after])).values()]
    const [next] = possible
    if (!next) {
      const lately = story.slice(-12).join('\n')
      throw new Error(
        `No order explains the last of these, with seed ${seed}:\n${lately}\n\nbefore: ${before}\nafter:  ${found}`,
      )
    }
    model = next
    await checkServed(dice, store, model)
  }
}

/**
 * The models after the orders in which all commands come to what they came to. There may be several:
 * who holds a lease cannot be seen.
 */
function explain(
  before: StoreModel,
  seen: { commands: readonly Command[]; outcomes: readonly Outcome[]; found: string },
): StoreModel[] {
  const { commands, outcomes, found } = seen
  return permute(commands.map((_, nth) => nth)).flatMap((order) => {
    const model = structuredClone(before)
    const fits = order.every((nth) => {
      const [command, outcome] = [commands[nth], outcomes[nth]]
      if (!command || outcome === undefined) return false
      return isInTheWay(outcome, commands) || apply(model, command, outcome) === outcome
    })
    return fits && viewModel(model) === found ? [model] : []
  })
}

function fingerprint({ entities, reviews }: StoreModel): string {
  return JSON.stringify([[...entities].sort(), [...reviews].sort()])
}

function isInTheWay(seen: Outcome, commands: readonly Command[]): boolean {
  return seen === 'entity_busy' && commands.length > 1
}

function permute(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item) =>
    permute(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  )
}

function view(entities: Awaited<ReturnType<DrivenStore['look']>>): string {
  return entities
    .map(
      ({ label, name, visibility, live, statuses }) =>
        `${label} "${name}" ${visibility} live ${live} [${statuses}]`,
    )
    .sort()
    .join('; ')
}

function viewModel({ entities }: StoreModel): string {
  return view(
    [...entities.values()].map(({ versions, ...entity }) => ({
      ...entity,
      statuses: versions.map(({ status }) => status),
    })),
  )
}

function tell({ do: what, ...rest }: Command, outcome: Outcome | undefined): string {
  return `${what} ${JSON.stringify(rest)} -> ${outcome}`
}

/** A stranger is served the live version's own bytes, and of anything else learns nothing. */
async function checkServed(dice: Dice, store: DrivenStore, model: StoreModel): Promise<void> {
  const entities = [...model.entities.values()]
  const entity = entities[dice.below(entities.length)]
  if (!entity) return
  const stranger = store.people[entity.owner === 'ann' ? 'bob' : 'ann']
  const path = `/api/store/entities/${store.ids.get(entity.label)}`
  const isServed = entity.visibility === 'approved'
  const { status } = await stranger.send('GET', path)
  if (status !== (isServed ? 200 : 404)) throw new Error(`${entity.label} shows itself: ${status}`)
  await checkInstalls(entity.owner === 'ann' ? 'bob' : 'ann', store, entities)
  for (const n of entity.versions.keys()) await checkVersion(stranger, path, entity, n + 1)
}

/** Somebody is served what they installed, as it is live, and nothing that is not. */
async function checkInstalls(who: Who, store: DrivenStore, entities: readonly EntityModel[]) {
  const { body } = await store.people[who].send('GET', '/api/store/installs?limit=200')
  const served = body.items.map((item: { id: string; version_no: number }) => [
    item.id,
    item.version_no,
  ])
  const expected = entities
    .filter(({ visibility, installers }) => visibility === 'approved' && installers.includes(who))
    .map(({ label, live }) => [store.ids.get(label), live])
  const [found, wanted] = [served, expected].map((pairs) => JSON.stringify(pairs.sort()))
  if (found !== wanted) throw new Error(`${who} is served ${found}, and not ${wanted}.`)
}

async function checkVersion(
  stranger: DrivenStore['people']['ann'],
  path: string,
  { label, visibility, live, versions }: EntityModel,
  n: number,
): Promise<void> {
  const { status, bytes } = await stranger.send('GET', `${path}/versions/${n}/bundle.zip`)
  const isServed = visibility === 'approved' && live === n
  if (status !== (isServed ? 200 : 404)) throw new Error(`${label} ${n} is served: ${status}`)
  if (!isServed) return
  const files = await readWithYauzl(bytes)
  const holds = files.some(([, text]) => text.includes(`(${versions[n - 1]?.tag})`))
  if (!holds) throw new Error(`${label} ${n} is served with the bytes of another.`)
}
