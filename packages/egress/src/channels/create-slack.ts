import type { Messenger } from '@countersign/core/notices/channels'
import type { Message } from '@countersign/core/notices/message'
import { callApi, toOutcome } from './call-api.ts'
import { hookTarget } from './hook-target.ts'
import { renderText } from './render-text.ts'

const sectionCharsMax = 3_000

/** Asks in a Slack channel, through an incoming webhook. What is sent there can never be changed. */
export function createSlack({ webhookUrl }: { webhookUrl: string }): Messenger {
  const target = hookTarget(webhookUrl)
  return {
    channel: 'slack',
    target: target.id,
    takesAnswers: false,
    send: async (message, about, signal) => {
      const body = show(message)
      return toOutcome(
        await callApi({ target, op: 'send', about, url: webhookUrl, body, signal }),
        'Slack',
      )
    },
  }
}

function show({ link, ...message }: Message) {
  const text = renderText({ ...message, link: null }, sectionCharsMax)
  const section = { type: 'section', text: { type: 'plain_text', text } }
  const open = { type: 'button', text: { type: 'plain_text', text: 'Open' }, url: link }
  return {
    text: escapeMarkup(message.title),
    blocks: link ? [section, { type: 'actions', elements: [open] }] : [section],
  }
}

/** In what is no plain text, these are Slack's own. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
