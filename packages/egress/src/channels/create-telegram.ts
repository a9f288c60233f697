import { createHmac } from 'node:crypto'
import type { ChannelOutcome, Messenger } from '@countersign/core/notices/channels'
import type { Message } from '@countersign/core/notices/message'
import { targetOf } from '../guard/target.ts'
import { type ApiOutcome, callApi } from './call-api.ts'
import { fitsText, renderText } from './render-text.ts'

export interface TelegramOptions {
  baseUrl: string
  botToken: string
  chatId: string
  /** Where Telegram tells us of clicks; without it, there are no buttons to click. */
  callbackUrl?: string | undefined
}

export interface Telegram extends Messenger {
  /** Answers a click, so that the one who clicked sees what came of it. */
  answerClick(clickId: string, text: string, signal: AbortSignal): Promise<ChannelOutcome>
  /** Asks Telegram to tell us of clicks. */
  registerCallback(signal: AbortSignal): Promise<ChannelOutcome>
}

const textCharsMax = 4_096
const answerCharsMax = 200

/** What stands in a button: the token, and a letter for the verdict. 25 bytes of Telegram's 64. */
const clickPattern = /^a1([\w-]{22})([yn])$/

/** Asks in a Telegram chat, in the name of a bot. */
export function createTelegram(options: TelegramOptions): Telegram {
  const { baseUrl, botToken, chatId, callbackUrl } = options
  const target = targetOf('chat', baseUrl, chatId)
  const call = async (method: string, about: string, body: object, signal: AbortSignal) => {
    const url = `${baseUrl.replace(/\/$/, '')}/bot${botToken}/${method}`
    return toOutcome(await callApi({ target, op: method, about, url, body, signal }))
  }
  const show = (message: Message) => ({
    chat_id: chatId,
    text: renderText(message, textCharsMax),
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: buttonsOf(message) },
  })

  return {
    channel: 'telegram',
    target: chatId,
    takesAnswers: callbackUrl !== undefined,
    send: (message, about, signal) => call('sendMessage', about, show(message), signal),
    update: (ref, message, about, signal) =>
      call('editMessageText', about, { ...show(message), message_id: Number(ref) }, signal),
    answerClick: (clickId, text, signal) =>
      call(
        'answerCallbackQuery',
        `click:${clickId}`,
        {
          callback_query_id: clickId,
          show_alert: true,
          text: text.slice(0, answerCharsMax),
        },
        signal,
      ),
    registerCallback: (signal) =>
      call(
        'setWebhook',
        'callback',
        {
          url: callbackUrl,
          secret_token: telegramSecret(botToken),
          allowed_updates: ['callback_query'],
        },
        signal,
      ),
  }
}

/** What Telegram shows us with every click, to prove that it is Telegram. Made of the bot's own token. */
export function telegramSecret(botToken: string): string {
  return createHmac('sha256', botToken).update('countersign callback').digest('hex')
}

/** Reads what stood in a button; `undefined` if it is none of ours. */
export function readClick(
  data: string,
): { token: string; verdict: 'approve' | 'deny' } | undefined {
  const [, token, letter] = data.match(clickPattern) ?? []
  return token ? { token, verdict: letter === 'y' ? 'approve' : 'deny' } : undefined
}

/** Nobody answers what they cannot see all of. */
function buttonsOf(message: Message) {
  const { answerToken } = message
  if (answerToken === null || !fitsText(message, textCharsMax)) return []
  return [
    [
      { text: 'Approve', callback_data: `a1${answerToken}y` },
      { text: 'Deny', callback_data: `a1${answerToken}n` },
    ],
  ]
}

/** Telegram says what happened in the body. A message that says already what it should is no failure. */
function toOutcome(outcome: ApiOutcome): ChannelOutcome {
  if (outcome.kind !== 'answered') return outcome
  const { status, json } = outcome
  const description = String(json.description ?? '')
  if (json.ok === true || description.includes('message is not modified')) {
    return { kind: 'sent', ref: readMessageId(json.result) }
  }
  return { kind: 'failed', error: `Telegram answered ${status}. ${description}`.trim() }
}

function readMessageId(result: unknown): string | null {
  const isMessage = typeof result === 'object' && result !== null && 'message_id' in result
  return isMessage ? String(result.message_id) : null
}
