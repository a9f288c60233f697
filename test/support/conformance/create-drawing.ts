import { description } from '../bundles.ts'
import type { Dice } from '../dice.ts'
import type { Drawing } from './draw-value.ts'
import { type Document, follow, type Operation } from './operations.ts'

/** What kind of thing a name that does not say it means. */
const kinds: Readonly<Record<string, string>> = {
  delivery_id: 'deliveries',
  entity_id: 'entities',
  path: 'files',
  principalId: 'users',
  user_id: 'users',
}

/** What has to be this for an operation to have anything to do, or to be done with soon. */
const fixed: Readonly<Record<string, unknown>> = {
  description,
  n: 1,
  timeout_s: 0,
  wait: 0,
  wait_s: 0,
}

/** Draws by chance; but where an operation names something, mostly what there is. */
export function createDrawing({
  document,
  ids,
  dice,
  operation: { path },
}: {
  document: Document
  /** What there is of each kind. */
  ids: Readonly<Record<string, readonly string[]>>
  dice: Dice
  operation: Operation
}): Drawing {
  const steps = path.split('/')
  const collection = steps[steps.indexOf('{id}') - 1]
  return {
    dice,
    follow: (schema) => follow(document, schema),
    find(name) {
      if (name in fixed) return fixed[name]
      const kind = name === 'id' ? collection : (kinds[name] ?? name.replace(/_id$/, 's'))
      const [first, ...more] = ids[kind ?? ''] ?? []
      const isKnown = first !== undefined && dice.chance(0.9)
      return isKnown ? dice.pick([first, ...more]) : undefined
    },
  }
}
