import type { Command, Who } from './commands.ts'
import { conclude, takeUp } from './review-model.ts'
import {
  type EntityModel,
  fresh,
  type Outcome,
  promote,
  type Status,
  type StoreModel,
  settle,
  type VersionModel,
} from './store-model.ts'

/**
 * Does a command to the model, and gives what it should come to. `seen` is what it came to in truth,
 * for the few choices that are the service's own.
 */
export function apply(model: StoreModel, command: Command, seen: Outcome): Outcome {
  switch (command.do) {
    case 'create':
      return create(model, command)
    case 'take up':
      return takeUp(model, command, seen)
    case 'conclude':
      return conclude(model, command, seen)
    case 'let leases pass':
      for (const { versions } of model.entities.values()) {
        for (const version of versions) version.isDue = version.status === 'pending_llm'
      }
      return 'done'
    case 'tidy':
      return 'done'
    case 'install':
    case 'uninstall':
      return install(model.entities.get(command.entity), command)
    case 'override':
    case 'approve':
    case 'reject':
    case 'retry':
    case 'rescan':
      return decide(model, command)
    default:
      return edit(model, command)
  }
}

const isOpen = ({ status }: VersionModel) => status === 'pending_llm' || status === 'needs_human'

function create(model: StoreModel, { who, name, tag }: Command & { do: 'create' }): Outcome {
  const known = findNamed(model, who, name)
  if (!known) {
    const entity = { label: tag, owner: who, name, visibility: 'pending' as const }
    model.entities.set(tag, { ...entity, live: null, installers: [], versions: [fresh(tag)] })
    return 'done'
  }
  if (known.visibility !== 'pending' || known.versions.some(isOpen)) return 'name_taken'
  known.versions.push(fresh(tag))
  return 'done'
}

function findNamed(model: StoreModel, owner: Who, name: string): EntityModel | undefined {
  return [...model.entities.values()].find(
    (entity) => entity.owner === owner && entity.name === name && entity.visibility !== 'archived',
  )
}

type Change = 'edit' | 'describe' | 'rename' | 'restore'
type Edit = Extract<Command, { do: Change | 'withdraw' | 'archive' }>

function edit(model: StoreModel, command: Edit): Outcome {
  const entity = model.entities.get(command.entity)
  if (!entity) return 'not_found'
  if (command.do === 'withdraw') return withdraw(entity, command)
  if (command.who !== 'admin' && command.who !== entity.owner) {
    return entity.visibility === 'approved' ? 'forbidden' : 'not_found'
  }
  if (command.do === 'archive') return archive(entity, command.who === 'admin')
  if (entity.visibility === 'archived') return 'entity_archived'
  if (entity.versions.some(isOpen)) return 'prior_version_pending'
  return change(model, entity, command)
}

function change(
  model: StoreModel,
  entity: EntityModel,
  command: Extract<Edit, { do: Change }>,
): Outcome {
  switch (command.do) {
    case 'edit':
      entity.versions.push(fresh(command.tag))
      return 'done'
    case 'restore':
      return restore(entity, command.n)
    case 'rename': {
      const other = findNamed(model, entity.owner, command.name)
      if (other && other !== entity) return 'name_taken'
      entity.name = command.name
      return 'done'
    }
    default:
      return 'done'
  }
}

/** What is not served to anybody cannot be installed, not even by its owner. */
function install(
  entity: EntityModel | undefined,
  command: Command & { do: 'install' | 'uninstall' },
): Outcome {
  if (!entity) return 'not_found'
  const others = entity.installers.filter((who) => who !== command.who)
  const hasIt = command.do === 'uninstall' && entity.installers.includes(command.who)
  if (entity.visibility !== 'approved' && !hasIt) return 'not_found'
  entity.installers = command.do === 'install' ? [...others, command.who].sort() : others
  return 'done'
}

function restore(entity: EntityModel, n: number): Outcome {
  const source = entity.versions[n - 1]
  if (!source) return 'version_not_found'
  if (source.status !== 'approved' && source.status !== 'overridden') return 'version_not_approved'
  if (entity.live === n && entity.visibility === 'approved') return 'already_current'
  entity.versions.push(fresh(source.tag, true))
  return 'done'
}

function withdraw(entity: EntityModel, { who, n }: Command & { do: 'withdraw' }): Outcome {
  const version = entity.versions[n - 1]
  if (!version || who !== entity.owner) return 'not_found'
  if (!isOpen(version)) return 'not_withdrawable'
  return settle(version, 'withdrawn')
}

function archive(entity: EntityModel, byAdmin: boolean): Outcome {
  if (entity.visibility === 'archived') return 'done'
  const isFlagged =
    entity.visibility === 'pending' &&
    entity.versions.some(({ status }) => status === 'blocked_llm' || status === 'rejected')
  if (!byAdmin && (isFlagged || entity.visibility === 'hidden')) {
    return 'quarantined_owner_cannot_delete'
  }
  entity.visibility = 'archived'
  return 'done'
}

type Decision = Extract<Command, { do: 'override' | 'approve' | 'reject' | 'retry' | 'rescan' }>

const decidable: Readonly<Record<Decision['do'], { from: readonly Status[]; refusal: string }>> = {
  override: {
    from: ['pending_llm', 'needs_human', 'blocked_llm', 'review_error'],
    refusal: 'not_overridable',
  },
  approve: { from: ['needs_human'], refusal: 'not_decidable' },
  reject: { from: ['pending_llm', 'needs_human', 'review_error'], refusal: 'not_decidable' },
  retry: { from: ['pending_llm', 'blocked_llm', 'review_error'], refusal: 'not_retryable' },
  rescan: {
    from: ['approved', 'overridden', 'rejected', 'withdrawn', 'blocked_llm', 'review_error'],
    refusal: 'not_rescannable',
  },
}

function decide(model: StoreModel, command: Decision): Outcome {
  const entity = model.entities.get(command.entity)
  const version = entity?.versions[command.n - 1]
  if (!entity || !version) return 'not_found'
  const { from, refusal } = decidable[command.do]
  if (entity.visibility === 'archived' || !from.includes(version.status)) return refusal
  switch (command.do) {
    case 'override':
      settle(version, 'overridden')
      return promote(entity, command.n)
    case 'approve':
      settle(version, 'approved')
      return promote(entity, command.n)
    case 'reject':
      return reject(entity, version)
    default:
      if (command.do === 'rescan') return again(entity, version, { hideOnFail: command.hideOnFail })
      return again(entity, version, version.rescan)
  }
}

function reject(entity: EntityModel, version: VersionModel): Outcome {
  const isServed = entity.visibility === 'approved' && isLive(entity, version)
  if (isServed) entity.visibility = 'hidden'
  return settle(version, 'rejected')
}

function isLive({ live, versions }: EntityModel, version: VersionModel): boolean {
  return live !== null && versions[live - 1] === version
}

/** One review at a time: another attempt is one more. */
function again(
  { versions }: EntityModel,
  version: VersionModel,
  rescan: VersionModel['rescan'],
): Outcome {
  if (versions.some((other) => other !== version && isOpen(other))) return 'prior_version_pending'
  const attempt = version.attempt + 1
  Object.assign(version, { status: 'pending_llm', attempt, isDue: true, lease: null, rescan })
  return 'done'
}
