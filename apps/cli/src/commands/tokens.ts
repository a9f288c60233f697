import { type Command, exitCodes, findText, requireOne, UsageError } from '../command.ts'
import { connect } from '../connect.ts'
import { print, table } from '../print.ts'

export const tokenCreate: Command = {
  usage: 'token create NAME [--agent] [--days N]',
  summary: 'Make a token for yourself, or with --agent for an agent of yours. It is shown once.',
  options: { agent: { type: 'boolean', default: false }, days: { type: 'string' } },

  async run(invocation, terminal) {
    const { identity } = await connect(invocation, terminal)
    const days = findText(invocation, 'days')
    if (days !== undefined && !/^\d+$/.test(days)) throw new UsageError('--days is a number.')
    const created = await identity.createToken({
      name: requireOne(invocation, 'name'),
      kind: invocation.values.agent === true ? 'agent' : 'user',
      ...(days ? { expires_in_days: Number(days) } : {}),
    })
    print(terminal, invocation, created, () => created.token)
    return exitCodes.good
  },
}

export const tokenLs: Command = {
  usage: 'token ls',
  summary: 'List your tokens.',
  options: {},

  async run(invocation, terminal) {
    const { identity } = await connect(invocation, terminal)
    const page = await identity.tokens({ limit: 200 })
    const rows = page.items.map(({ id, name, kind, expires_at: end }) => [id, name, kind, end])
    print(terminal, invocation, page, () => table(['ID', 'NAME', 'KIND', 'EXPIRES'], rows))
    return exitCodes.good
  },
}

export const tokenRevoke: Command = {
  usage: 'token revoke TOKEN-ID',
  summary: 'End a token.',
  options: {},

  async run(invocation, terminal) {
    const { identity } = await connect(invocation, terminal)
    await identity.revokeToken(requireOne(invocation, 'token'))
    print(terminal, invocation, { revoked: true }, () => 'Revoked.')
    return exitCodes.good
  },
}
