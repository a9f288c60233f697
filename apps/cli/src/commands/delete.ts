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
import { inert, print } from '../print.ts'

export const deleteForGood: Command = {
  usage: 'delete ENTITY [--confirm NAME] [--solo]',
  summary:
    'Delete an entity for good, as an admin. Another admin approves it first: exit 4 until then.',
  options: { confirm: { type: 'string' }, solo: { type: 'boolean', default: false } },

  async run(invocation, terminal) {
    const { store } = await connect(invocation, terminal)
    const { id, name } = await store.get(requireOne(invocation, 'entity'))
    await confirm(name, invocation, terminal)
    const pending = await store.delete(id, { solo: invocation.values.solo === true })
    if (pending) {
      print(terminal, invocation, pending, () =>
        [
          'Another admin has to approve this first:',
          `  countersign approvals approve ${pending.approval_id}`,
          'Then run this again.',
        ].join('\n'),
      )
      return exitCodes.held
    }
    print(terminal, invocation, { deleted: true }, () => 'Deleted for good.')
    return exitCodes.good
  },
}

/** Whoever deletes says the name of what they delete: nothing is deleted by a slip in an id. */
async function confirm(name: string, invocation: Invocation, terminal: Terminal): Promise<void> {
  const question = `This cannot be undone. Type its name (${inert(name)}) to delete it: `
  const given =
    findText(invocation, 'confirm') ?? (terminal.isInteractive ? await terminal.ask(question) : '')
  if (given.trim() !== name) throw new UsageError(`--confirm is its name, ${inert(name)}.`)
}
