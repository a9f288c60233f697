import { askService } from '../ask-service.ts'
import { type Command, findText, requireOne, UsageError } from '../command.ts'
import { table } from '../print.ts'

export const tokenCreate: Command = {
  usage: 'token create NAME [--agent] [--days N]',
  summary: 'Make a token for yourself, or with --agent for an agent of yours. It is shown once.',
  options: { agent: { type: 'boolean', default: false }, days: { type: 'string' } },
  run: askService(
    async ({ identity }, invocation) => {
      const days = findText(invocation, 'days')
      if (days !== undefined && !/^\d+$/.test(days)) throw new UsageError('--days is a number.')
      return identity.createToken({
        name: requireOne(invocation, 'name'),
        kind: invocation.values.agent === true ? 'agent' : 'user',
        ...(days ? { expires_in_days: Number(days) } : {}),
      })
    },
    ({ token }) => token,
  ),
}

export const tokenLs: Command = {
  usage: 'token ls',
  summary: 'List your tokens.',
  options: {},
  run: askService(
    ({ identity }) => identity.tokens({ limit: 200 }),
    ({ items }) => {
      const rows = items.map(({ id, name, kind, expires_at: end }) => [id, name, kind, end])
      return table(['ID', 'NAME', 'KIND', 'EXPIRES'], rows)
    },
  ),
}

export const tokenRevoke: Command = {
  usage: 'token revoke TOKEN-ID',
  summary: 'End a token.',
  options: {},
  run: askService(
    async ({ identity }, invocation) => {
      await identity.revokeToken(requireOne(invocation, 'token'))
      return { revoked: true }
    },
    () => 'Revoked.',
  ),
}
