import type { Messenger } from '@countersign/core/notices/channels'
import type { Message } from '@countersign/core/notices/message'
import { type ApiCall, callApi, toOutcome } from './call-api.ts'
import { hookTarget } from './hook-target.ts'
import { renderText } from './render-text.ts'

const textCharsMax = 2_000

/** Asks in a Discord channel, through one of its webhooks. */
export function createDiscord({ webhookUrl }: { webhookUrl: string }): Messenger {
  const target = hookTarget(webhookUrl)
  // Text that an agent wrote calls nobody: no mention in it counts.
  const show = (message: Message) => ({
    content: renderText(message, textCharsMax),
    allowed_mentions: { parse: [] },
  })
  const atMessage = (ref: string) => {
    const url = new URL(webhookUrl)
    url.pathname = `${url.pathname}/messages/${encodeURIComponent(ref)}`
    return url.href
  }
  const waiting = () => {
    const url = new URL(webhookUrl)
    url.searchParams.set('wait', 'true')
    return url.href
  }
  const call = async (what: Omit<ApiCall, 'target'>) =>
    toOutcome(await callApi({ target, ...what }), 'Discord', ({ id }) =>
      typeof id === 'string' ? id : null,
    )

  return {
    channel: 'discord',
    target: target.id,
    takesAnswers: false,
    send: (message, about, signal) =>
      call({ op: 'send', about, url: waiting(), body: show(message), signal }),
    update: (ref, message, about, signal) => {
      const change = { method: 'PATCH', url: atMessage(ref), body: show(message) } as const
      return call({ op: 'update', about, ...change, signal })
    },
  }
}
