import { askService } from '../ask-service.ts'
import {
  type Command,
  exitCodes,
  findText,
  type Invocation,
  requireOne,
  type Terminal,
  UsageError,
} from '../command.ts'
import { connect } from '../connect.ts'
import { describeSubmission, exitCodeOf } from '../describe-submission.ts'
import { print, table } from '../print.ts'
import { readBundle } from '../read-bundle.ts'
import { waitForVerdict } from '../wait-for-verdict.ts'

type Client = Awaited<ReturnType<typeof connect>>
type Changed = Awaited<ReturnType<Client['store']['edit']>>

export const edit: Command = {
  usage:
    'edit ENTITY [--bundle DIR|ZIP] [--name NAME] [--description TEXT] [--category SLUG] [--wait]',
  summary: 'Change an entity. With a bundle, everything waits for its approval.',
  options: {
    bundle: { type: 'string' },
    name: { type: 'string' },
    description: { type: 'string' },
    category: { type: 'string' },
    wait: { type: 'boolean', default: false },
  },

  async run(invocation, terminal) {
    const client = await connect(invocation, terminal)
    const id = requireOne(invocation, 'entity')
    const fields = {
      name: findText(invocation, 'name'),
      description: findText(invocation, 'description'),
      category: findText(invocation, 'category'),
    }
    const path = findText(invocation, 'bundle')
    if (!path && Object.values(fields).every((value) => value === undefined)) {
      throw new UsageError('Say what to change.')
    }
    if (!path) return follow(client, await client.store.edit(id, fields), invocation, terminal)
    const { type } = await client.store.get(id)
    await using bundle = await readBundle(path, type, terminal)
    const { file, fileName } = bundle
    const changed = await client.store.edit(id, { ...fields, file, fileName })
    return await follow(client, changed, invocation, terminal)
  },
}

export const restore: Command = {
  usage: 'restore ENTITY --version N [--wait]',
  summary: 'Copy an approved version forward as a new one, to be reviewed again.',
  options: { version: { type: 'string' }, wait: { type: 'boolean', default: false } },

  async run(invocation, terminal) {
    const client = await connect(invocation, terminal)
    const n = Number(findText(invocation, 'version'))
    if (!Number.isInteger(n)) throw new UsageError('--version is the number of a version.')
    const restored = await client.store.restore(requireOne(invocation, 'entity'), n)
    return follow(client, restored, invocation, terminal)
  },
}

export const withdraw: Command = {
  usage: 'withdraw SUBMISSION',
  summary: 'Take a submission back while nothing is decided.',
  options: {},
  run: askService(
    async ({ store }, invocation) => store.withdraw(requireOne(invocation, 'submission')),
    describeSubmission,
  ),
}

export const archive: Command = {
  usage: 'archive ENTITY',
  summary: 'Take an entity out of service, and free its name.',
  options: {},
  run: askService(
    async ({ store }, invocation) => {
      await store.archive(requireOne(invocation, 'entity'))
      return { archived: true }
    },
    () => 'Archived.',
  ),
}

export const versions: Command = {
  usage: 'versions ENTITY',
  summary: 'List the versions of an entity, with what became of each.',
  options: {},

  async run(invocation, terminal) {
    const { store } = await connect(invocation, terminal)
    const entity = await store.get(requireOne(invocation, 'entity'))
    const rows = (entity.versions ?? []).map((version) => [
      version.n === entity.version_no ? `${version.n} (live)` : version.n,
      version.status,
      version.restored_from === null ? '' : `restored from ${version.restored_from}`,
      version.created_at,
      version.hash.slice(0, 12),
    ])
    const head = ['VERSION', 'STATUS', 'ORIGIN', 'MADE', 'HASH']
    print(terminal, invocation, entity.versions ?? [], () => table(head, rows))
    return exitCodes.good
  },
}

/** Tells what became of a change, and of the review that it asked for. */
async function follow(
  client: Client,
  changed: Changed,
  invocation: Invocation,
  terminal: Terminal,
) {
  const { submission } = changed
  if (!submission || !invocation.values.wait) {
    print(terminal, invocation, changed, () =>
      submission ? `${submission.status}  ${submission.id}` : 'Changed.',
    )
    return exitCodes.good
  }
  const review = { entityId: changed.id, submissionId: submission.id }
  const settled = await waitForVerdict(client, review, terminal)
  print(terminal, invocation, settled, () => describeSubmission(settled))
  return exitCodeOf(settled)
}
