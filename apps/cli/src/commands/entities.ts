import { type Command, exitCodes, findText, requireOne } from '../command.ts'
import { connect } from '../connect.ts'
import { print, table } from '../print.ts'

export const ls: Command = {
  usage: 'ls [--q TEXT] [--type TYPE] [--owner HANDLE] [--category SLUG] [--installed]',
  summary: 'List what you may see.',
  options: {
    q: { type: 'string' },
    type: { type: 'string' },
    owner: { type: 'string' },
    category: { type: 'string' },
    installed: { type: 'boolean' },
  },

  async run(invocation, terminal) {
    const { store } = await connect(invocation, terminal)
    const page = await store.list({
      q: findText(invocation, 'q'),
      type: findText(invocation, 'type') as 'skill' | 'agent' | 'plugin' | undefined,
      owner: findText(invocation, 'owner'),
      category: findText(invocation, 'category'),
      ...(invocation.values.installed === true ? { installed: true } : {}),
      limit: 200,
    })
    print(terminal, invocation, page, () =>
      table(
        ['ID', 'TYPE', 'NAME', 'LIVE', 'STATUS', 'OWNER'],
        page.items.map((entity) => [
          entity.id,
          entity.type,
          entity.name,
          entity.version_no,
          entity.latest_submission?.status ?? entity.visibility_status,
          entity.owner.handle,
        ]),
      ),
    )
    return exitCodes.good
  },
}

export const status: Command = {
  usage: 'status ENTITY',
  summary: 'Show what is served of an entity and how its latest review goes.',
  options: {},

  async run(invocation, terminal) {
    const { store } = await connect(invocation, terminal)
    const state = await store.status(requireOne(invocation, 'entity'))
    const live = state.version_no === null ? 'nothing is served' : `v${state.version_no} is served`
    print(terminal, invocation, state, () =>
      [
        `${state.visibility_status}: ${live}`,
        ...(state.submission ? [`latest review: ${state.submission.status}`] : []),
      ].join('\n'),
    )
    return exitCodes.good
  },
}

export const uninstall: Command = {
  usage: 'uninstall ENTITY',
  summary: 'Remove an entity from what you are served.',
  options: {},

  async run(invocation, terminal) {
    const { store } = await connect(invocation, terminal)
    await store.uninstall(requireOne(invocation, 'entity'))
    print(terminal, invocation, { installed: false }, () => 'Uninstalled.')
    return exitCodes.good
  },
}

export const install: Command = {
  usage: 'install ENTITY',
  summary: 'Add an entity to what you are served.',
  options: {},

  async run(invocation, terminal) {
    const { store } = await connect(invocation, terminal)
    const result = await store.install(requireOne(invocation, 'entity'))
    print(
      terminal,
      invocation,
      result,
      () => 'Installed. Claude Code gets it with its next update.',
    )
    return exitCodes.good
  },
}
