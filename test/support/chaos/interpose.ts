import type { Ports } from '@countersign/core/ports'
import type { Store } from '@countersign/core/repositories'

/** Is told the name of each step before it is taken and after. Synchronous, so that it can be the end. */
export type AtStep = (step: string) => void

/** What a service that submits, reviews or delivers has of the world. */
type Steps = Pick<Ports, 'store' | 'transact' | 'intake' | 'bundles' | 'webhookSender'> &
  Partial<Pick<Ports, 'reviewer' | 'actionReviewer' | 'reviewQueue'>>

/** What only looks is no step: a death before it is a death after the step that came before. */
const isLooking = /^(find|list|is|has|read|count|refuse|estimate|spent|beat|leave|lock)/

/**
 * Puts a fault point round everything that a service does to the world.
 *
 * The steps are found, not listed: each call of a port that is more than a look is one, named
 * `submissions.claim`; so is each commit, named for what it puts on record. A step that the service
 * learns tomorrow is one that tests cut short tomorrow.
 */
export function interpose<P extends Steps>(ports: P, atStep: AtStep): P {
  const { reviewer, actionReviewer, reviewQueue } = ports
  return {
    ...ports,
    store: mapRepositories(ports.store, (repository, name) => wrap(repository, name, atStep)),
    transact: wrapTransact(ports.transact, atStep),
    intake: wrapIntake(ports.intake, atStep),
    bundles: wrap(ports.bundles, 'bundles', atStep),
    webhookSender: wrap(ports.webhookSender, 'webhook', atStep),
    ...(reviewer ? { reviewer: wrap(reviewer, 'reviewer', atStep) } : {}),
    ...(actionReviewer ? { actionReviewer: wrap(actionReviewer, 'actionReviewer', atStep) } : {}),
    ...(reviewQueue ? { reviewQueue: wrap(reviewQueue, 'queue', atStep) } : {}),
  }
}

type Call = (...args: unknown[]) => unknown

/** The same object with a step round each of its methods. */
function wrap<T extends object>(target: T, name: string, atStep: AtStep): T {
  return mapMethods(target, (method, call) =>
    isLooking.test(method) ? call : takeStep(`${name}.${method}`, call, atStep),
  )
}

function takeStep(step: string, call: Call, atStep: AtStep): Call {
  return (...args) => {
    atStep(`before ${step}`)
    const result = call(...args)
    if (!(result instanceof Promise)) {
      atStep(`after ${step}`)
      return result
    }
    return result.then((value) => {
      atStep(`after ${step}`)
      return value
    })
  }
}

/** A bundle that was opened has a step of its own: it bakes, and stores what it baked. */
function wrapIntake(intake: Ports['intake'], atStep: AtStep): Ports['intake'] {
  return {
    ...wrap(intake, 'intake', atStep),
    async open(upload, type, asNew) {
      const bundle = await intake.open(upload, type, asNew)
      return { ...bundle, ...wrap({ bake: bundle.bake }, 'bundle', atStep) }
    },
  }
}

/** Inside of a transaction nothing has happened yet, so its one step is the commit. */
function wrapTransact(transact: Ports['transact'], atStep: AtStep): Ports['transact'] {
  return async (work) => {
    let record = ''
    const note = (name: string) => {
      if (name.startsWith('store.') || !record.startsWith('store.')) record = name
    }
    const result = await transact(async (store) => {
      const done = await work(noteWrites(store, note))
      if (record) atStep(`before commit ${record}`)
      return done
    })
    if (record) atStep(`after commit ${record}`)
    return result
  }
}

/** Tells what a transaction writes: the audit's word for it, where there is one. */
function noteWrites(store: Store, note: (name: string) => void): Store {
  return mapRepositories(store, (repository, name) =>
    mapMethods(repository, (method, call) => (...args) => {
      const [entry] = args as [{ action?: string }?]
      if (!isLooking.test(method)) note((name === 'audit' && entry?.action) || `${name}.${method}`)
      return call(...args)
    }),
  )
}

function mapRepositories(
  store: Store,
  change: (repository: object, name: string) => object,
): Store {
  const entries = Object.entries(store).map(([name, repository]) => [
    name,
    change(repository, name),
  ])
  return Object.fromEntries(entries)
}

function mapMethods<T extends object>(target: T, change: (method: string, call: Call) => Call): T {
  const entries = Object.entries(target).map(([name, value]) => [
    name,
    typeof value === 'function' ? change(name, value.bind(target)) : value,
  ])
  return Object.fromEntries(entries) as T
}
