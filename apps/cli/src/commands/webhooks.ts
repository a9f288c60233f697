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

  async run(invocation, terminal) {
    const { webhooks } = await connect(invocation, terminal)
    const page = await webhooks.list({ limit: 200 })
    const rows = page.items.map(({ id, url, events, disabled, disabled_reason: reason }) => {
      return [id, inert(url), events.join(','), disabled ? `disabled: ${reason ?? ''}` : 'on']
    })
    print(terminal, invocation, page, () => table(['ID', 'URL', 'EVENTS', 'STATE'], rows))
    return exitCodes.good
  },
}

export const webhookAdd: Command = {
  usage: 'webhooks add URL --events EVENT[,EVENT]',
  summary: 'Tell an address of events (* for all). Its secret is shown once.',
  options: { events: { type: 'string' }, secret: { type: 'string' } },

  async run(invocation, terminal) {
    const { webhooks } = await connect(invocation, terminal)
    const secret = findText(invocation, 'secret')
    const added = await webhooks.create({
      url: requireOne(invocation, 'URL'),
      events: requireText(invocation, 'events').split(','),
      ...(secret ? { secret } : {}),
    })
    print(terminal, invocation, added, () => `${added.id}\n${added.secret}`)
    return exitCodes.good
  },
}

export const webhookRm: Command = {
  usage: 'webhooks rm WEBHOOK',
  summary: 'Tell an address nothing more.',
  options: {},

  async run(invocation, terminal) {
    const { webhooks } = await connect(invocation, terminal)
    await webhooks.delete(requireOne(invocation, 'webhook'))
    print(terminal, invocation, { removed: true }, () => 'Removed.')
    return exitCodes.good
  },
}

export const webhookTest: Command = {
  usage: 'webhooks test WEBHOOK',
  summary: 'Send an event that was made for it, to see whether it hears.',
  options: {},

  async run(invocation, terminal) {
    const { webhooks } = await connect(invocation, terminal)
    const id = requireOne(invocation, 'webhook')
    const delivery = await webhooks.test(id)
    const next = `countersign webhooks log ${id}`
    print(terminal, invocation, delivery, () => `On its way. What comes of it: ${next}`)
    return exitCodes.good
  },
}

export const webhookRotate: Command = {
  usage: 'webhooks rotate WEBHOOK',
  summary: 'Make another secret. The one before signs for another 24 h.',
  options: {},

  async run(invocation, terminal) {
    const { webhooks } = await connect(invocation, terminal)
    const rotated = await webhooks.rotateSecret(requireOne(invocation, 'webhook'))
    print(terminal, invocation, rotated, () => rotated.secret)
    return exitCodes.good
  },
}

export const webhookLog: Command = {
  usage: 'webhooks log WEBHOOK',
  summary: 'Show what an address was sent, and what it answered.',
  options: {},

  async run(invocation, terminal) {
    const { webhooks } = await connect(invocation, terminal)
    const page = await webhooks.deliveries(requireOne(invocation, 'webhook'))
    const rows = page.items.map((delivery) => {
      const answer = delivery.response_status ?? inert(delivery.error ?? '')
      const { id, event_type: type, status, attempts, created_at: at } = delivery
      return [id, type, status, attempts, answer, at]
    })
    const head = ['ID', 'EVENT', 'STATUS', 'TRIES', 'ANSWER', 'AT']
    print(terminal, invocation, page, () => table(head, rows))
    return exitCodes.good
  },
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
