import { askService } from '../ask-service.ts'
import {
  type Command,
  exitCodes,
  findText,
  requireOne,
  requireText,
  UsageError,
} from '../command.ts'
import { connect } from '../connect.ts'
import { inert, print, table } from '../print.ts'

export const webhookLs: Command = {
  usage: 'webhooks ls',
  summary: 'List the addresses that are told of events.',
  options: {},
  run: askService(
    ({ webhooks }) => webhooks.list({ limit: 200 }),
    ({ items }) => {
      const rows = items.map(({ id, url, events, disabled, disabled_reason: reason }) => {
        return [id, inert(url), events.join(','), disabled ? `disabled: ${reason ?? ''}` : 'on']
      })
      return table(['ID', 'URL', 'EVENTS', 'STATE'], rows)
    },
  ),
}

export const webhookAdd: Command = {
  usage: 'webhooks add URL --events EVENT[,EVENT]',
  summary: 'Tell an address of events (* for all). Its secret is shown once.',
  options: { events: { type: 'string' }, secret: { type: 'string' } },
  run: askService(
    async ({ webhooks }, invocation) => {
      const secret = findText(invocation, 'secret')
      return webhooks.create({
        url: requireOne(invocation, 'URL'),
        events: requireText(invocation, 'events').split(','),
        ...(secret ? { secret } : {}),
      })
    },
    ({ id, secret }) => `${id}\n${secret}`,
  ),
}

export const webhookRm: Command = {
  usage: 'webhooks rm WEBHOOK',
  summary: 'Tell an address nothing more.',
  options: {},
  run: askService(
    async ({ webhooks }, invocation) => {
      await webhooks.delete(requireOne(invocation, 'webhook'))
      return { removed: true }
    },
    () => 'Removed.',
  ),
}

export const webhookTest: Command = {
  usage: 'webhooks test WEBHOOK',
  summary: 'Send an event that was made for it, to see whether it hears.',
  options: {},
  run: askService(
    async ({ webhooks }, invocation) => webhooks.test(requireOne(invocation, 'webhook')),
    ({ webhook_id: id }) => `On its way. What comes of it: countersign webhooks log ${id}`,
  ),
}

export const webhookRotate: Command = {
  usage: 'webhooks rotate WEBHOOK',
  summary: 'Make another secret. The one before signs for another 24 h.',
  options: {},
  run: askService(
    async ({ webhooks }, invocation) => webhooks.rotateSecret(requireOne(invocation, 'webhook')),
    ({ secret }) => secret,
  ),
}

export const webhookLog: Command = {
  usage: 'webhooks log WEBHOOK',
  summary: 'Show what an address was sent, and what it answered.',
  options: {},
  run: askService(
    async ({ webhooks }, invocation) => webhooks.deliveries(requireOne(invocation, 'webhook')),
    ({ items }) => {
      const rows = items.map((delivery) => {
        const answer = delivery.response_status ?? inert(delivery.error ?? '')
        const { id, event_type: type, status, attempts, created_at: at } = delivery
        return [id, type, status, attempts, answer, at]
      })
      return table(['ID', 'EVENT', 'STATUS', 'TRIES', 'ANSWER', 'AT'], rows)
    },
  ),
}

export const webhookRedeliver: Command = {
  usage: 'webhooks redeliver WEBHOOK DELIVERY',
  summary: 'Send something once more.',
  options: {},

  async run(invocation, terminal) {
    const [webhook, delivery, ...rest] = invocation.positionals
    if (!webhook || !delivery || rest.length > 0) {
      throw new UsageError('Exactly one webhook and one delivery are needed.')
    }
    const { webhooks } = await connect(invocation, terminal)
    const again = await webhooks.redeliver(webhook, delivery)
    print(terminal, invocation, again, () => `On its way again, as ${again.id}.`)
    return exitCodes.good
  },
}
