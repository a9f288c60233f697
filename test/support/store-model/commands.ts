import type { Dice } from '../dice.ts'
import type { EntityModel, StoreModel } from './store-model.ts'

export type Who = 'ann' | 'bob'
/** What the model says, or that it says nothing that can be used. */
export type Risk = 'safe' | 'high' | 'critical' | 'failed'

/** Everything that anybody does to the store, by the labels that the model gives things. */
export type Command =
  | { do: 'create'; who: Who; name: string; tag: string }
  | { do: 'edit'; who: Who; entity: string; tag: string }
  | { do: 'describe'; who: Who; entity: string; words: string }
  | { do: 'rename'; who: Who; entity: string; name: string }
  | { do: 'restore'; who: Who; entity: string; n: number }
  | { do: 'withdraw'; who: Who; entity: string; n: number }
  | { do: 'install' | 'uninstall'; who: Who; entity: string }
  | { do: 'archive'; who: Who | 'admin'; entity: string }
  | { do: 'override' | 'approve' | 'reject' | 'retry'; entity: string; n: number }
  | { do: 'rescan'; entity: string; n: number; hideOnFail: boolean }
  | { do: 'take up'; entity: string; n: number; attempt: number; review: string }
  | { do: 'conclude'; review: string; risk: Risk }
  | { do: 'let leases pass' }
  | { do: 'tidy' }

type Kind = Command['do']

const people = ['ann', 'bob'] as const
const names = ['alpha', 'beta', 'gamma', 'delta'] as const

/** How often what is done: what leads on is done more often than what ends things. */
const weights: Readonly<Record<Kind, number>> = {
  create: 3,
  edit: 6,
  describe: 1,
  rename: 2,
  restore: 3,
  withdraw: 1,
  install: 3,
  uninstall: 1,
  archive: 1,
  override: 2,
  approve: 2,
  reject: 1,
  retry: 2,
  rescan: 2,
  'take up': 8,
  conclude: 8,
  'let leases pass': 1,
  tidy: 1,
}
const urn = Object.entries(weights).flatMap(([kind, weight]) =>
  Array<Kind>(weight).fill(kind as Kind),
)

/** Thinks of something to do: mostly something sensible, but not always. */
export function thinkOf(dice: Dice, model: StoreModel, serial: number): Command {
  const entity = choose(dice, [...model.entities.values()])
  const review = choose(dice, [...model.reviews.keys()])
  const kind = urn[dice.below(urn.length)] ?? 'tidy'
  if (!entity || kind === 'create') return create(dice, serial)
  if (kind === 'conclude') {
    if (review === undefined) return create(dice, serial)
    const risk = dice.pick<Risk>(['safe', 'safe', 'safe', 'high', 'critical', 'failed'])
    return { do: 'conclude', review, risk }
  }
  return { ...address(dice, entity, kind, serial) }
}

function create(dice: Dice, serial: number): Command {
  return { do: 'create', who: dice.pick(people), name: dice.pick(names), tag: `tag-${serial}` }
}

function address(
  dice: Dice,
  { label, owner, versions }: EntityModel,
  kind: Exclude<Kind, 'create' | 'conclude'>,
  serial: number,
): Command {
  const who = dice.chance(0.85) ? owner : dice.pick(people)
  const n = dice.chance(0.6) ? versions.length : 1 + dice.below(versions.length + 1)
  const at = { entity: label, n }
  switch (kind) {
    case 'edit':
      return { do: kind, who, entity: label, tag: `tag-${serial}` }
    case 'describe':
      return { do: kind, who, entity: label, words: `Description ${serial}` }
    case 'rename':
      return { do: kind, who, entity: label, name: dice.pick(names) }
    case 'restore':
    case 'withdraw':
      return { do: kind, who, ...at }
    case 'install':
    case 'uninstall':
      return { do: kind, who: dice.pick(people), entity: label }
    case 'archive':
      return { do: kind, who: dice.chance(0.3) ? 'admin' : who, entity: label }
    case 'rescan':
      return { do: kind, ...at, hideOnFail: dice.chance(0.5) }
    case 'take up':
      return {
        do: kind,
        ...at,
        review: `review-${serial}`,
        attempt: versions[n - 1]?.attempt ?? 1,
      }
    case 'let leases pass':
    case 'tidy':
      return { do: kind }
    default:
      return { do: kind, ...at }
  }
}

function choose<T>(dice: Dice, items: readonly T[]): T | undefined {
  return items[dice.below(items.length)]
}
