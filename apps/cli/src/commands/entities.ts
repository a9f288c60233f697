import { askService } from '../ask-service.ts'
import { type Command, findText, requireOne } from '../command.ts'
import { table } from '../print.ts'

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
  run: askService(
    async ({ store }, invocation) =>
      store.list({
        q: findText(invocation, 'q'),
        type: findText(invocation, 'type') as 'skill' | 'agent' | 'plugin' | undefined,
        owner: findText(invocation, 'owner'),
        category: findText(invocation, 'category'),
        ...(invocation.values.installed === true ? { installed: true } : {}),
        limit: 200,
      }),
    ({ items }) =>
      table(
        ['ID', 'TYPE', 'NAME', 'LIVE', 'STATUS', 'OWNER'],
        items.map((entity) => [
          entity.id,
          entity.type,
          entity.name,
          entity.version_no,
          entity.latest_submission?.status ?? entity.visibility_status,
          entity.owner.handle,
        ]),
      ),
  ),
}

export const status: Command = {
  usage: 'status ENTITY',
  summary: 'Show what is served of an entity and how its latest review goes.',
  options: {},
  run: askService(
    async ({ store }, invocation) => store.status(requireOne(invocation, 'entity')),
    ({ visibility_status: visibility, version_no: n, submission }) =>
      [
        `${visibility}: ${n === null ? 'nothing is served' : `v${n} is served`}`,
        ...(submission ? [`latest review: ${submission.status}`] : []),
      ].join('\n'),
  ),
}

export const uninstall: Command = {
  usage: 'uninstall ENTITY',
  summary: 'Remove an entity from what you are served.',
  options: {},
  run: askService(
    async ({ store }, invocation) => {
      await store.uninstall(requireOne(invocation, 'entity'))
      return { installed: false }
    },
    () => 'Uninstalled.',
  ),
}

export const install: Command = {
  usage: 'install ENTITY',
  summary: 'Add an entity to what you are served.',
  options: {},
  run: askService(
    async ({ store }, invocation) => store.install(requireOne(invocation, 'entity')),
    () => 'Installed. Claude Code gets it with its next update.',
  ),
}
