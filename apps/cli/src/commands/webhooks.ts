import { type Command, exitCodes, findText, requireOne } from '../command.ts'
import { connect } from '../connect.ts'
import { print, table } from '../print.ts'

export const webhooksLs: Command = {
  usage: 'webhooks ls',
  summary: 'List who is told of events.',
  options: {},

  async run(invocation, terminal) {
    const { webhooks } = await connect(invocation, terminal)
    const page = await webhooks.list({ limit: 200 })
    const rows = page.items.map((one) => [
      one.id,
      one.disabled ? 'off' : 'on',
      one.url,
      one.events.join(','),
    ])
    print(terminal, invocation, page, () => table(['ID', 'STATE', 'URL', 'EVENTS'], rows))
    return exitCodes.good
  },
}

export const webhooksAdd: Command = {
  usage: 'webhooks add URL [--events TYPE,…]',
  summary: 'Tell a URL of events; by default of all. The secret that signs them is shown once.',
  options: { events: { type: 'string', default: '*' } },

  async run(invocation, terminal) {
    const { webhooks } = await connect(invocation, terminal)
    const events = (findText(invocation, 'events') ?? '*').split(',').filter(Boolean)
    const added = await webhooks.create({ url: requireOne(invocation, 'URL'), events })
    print(terminal, invocation, added, () => `${added.id}\n${added.secret}`)
    return exitCodes.good
  },
}

export const webhooksRemove: Command = {
  usage: 'webhooks rm ID',
  summary: 'Tell it of nothing more.',
  options: {},

  async run(invocation, terminal) {
    const { webhooks } = await connect(invocation, terminal)
    await webhooks.delete(requireOne(invocation, 'webhook'))
    print(terminal, invocation, { removed: true }, () => 'Removed.')
    return exitCodes.good
  },
}

export const webhooksTest: Command = {
  usage: 'webhooks test ID',
  summary: 'Send it a test.',
  options: {},

  async run(invocation, terminal) {
    const { webhooks } = await connect(invocation, terminal)
    const delivery = await webhooks.test(requireOne(invocation, 'webhook'))
    print(terminal, invocation, delivery, () => `Delivery ${delivery.id} is on its way.`)
    return exitCodes.good
  },
}

export const webhooksDeliveries: Command = {
  usage: 'webhooks deliveries ID [--redeliver DELIVERY-ID]',
  summary: 'List what was delivered and how it went, or deliver one of it again.',
  options: { redeliver: { type: 'string' } },

  async run(invocation, terminal) {
    const { webhooks } = await connect(invocation, terminal)
    const id = requireOne(invocation, 'webhook')
    const again = findText(invocation, 'redeliver')
    if (again) {
      const delivery = await webhooks.redeliver(id, again)
      print(terminal, invocation, delivery, () => `Delivery ${delivery.id} is on its way.`)
      return exitCodes.good
    }
    const page = await webhooks.deliveries(id, { limit: 100 })
    const rows = page.items.map((one) => [
      one.id,
      one.status,
      one.event_type,
      one.attempts,
      one.response_status,
      one.created_at,
    ])
    const head = ['ID', 'STATUS', 'EVENT', 'TRIES', 'ANSWER', 'MADE']
    print(terminal, invocation, page, () => table(head, rows))
    return exitCodes.good
  },
}
