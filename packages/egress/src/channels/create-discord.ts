import type { ChannelOutcome, Messenger } from '@countersign/core/notices/channels'
import type { Message } from '@countersign/core/notices/message'
import { type ApiOutcome, callApi } from './call-api.ts'
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

  return {
    channel: 'discord',
    target: target.id,
    takesAnswers: false,
    send: async (message, about, signal) => {
      const body = show(message)
      return toOutcome(await callApi({ target, op: 'send', about, url: waiting(), body, signal }))
    },
    update: async (ref, message, about, signal) => {
      const change = { method: 'PATCH', url: atMessage(ref), body: show(message) } as const
      return toOutcome(await callApi({ target, op: 'update', about, ...change, signal }))
    },
  }
}

function toOutcome(outcome: ApiOutcome): ChannelOutcome {
  if (outcome.kind !== 'answered') return outcome
  const { isOk, status, json } = outcome
  if (isOk) return { kind: 'sent', ref: typeof json.id === 'string' ? json.id : null }
  return { kind: 'failed', error: `Discord answered ${status}.` }
}
