import type { Channels, Messenger } from '@countersign/core/notices/channels'
import { createPlane } from '../tracker/create-plane.ts'
import { createDiscord } from './create-discord.ts'
import { createMailer } from './create-mailer.ts'
import { createSlack } from './create-slack.ts'
import { createTelegram, type Telegram } from './create-telegram.ts'

/** What the operator configured of all this. */
export interface ChannelSettings {
  PUBLIC_URL?: string | undefined
  TELEGRAM_BOT_TOKEN?: string | undefined
  TELEGRAM_CHAT_ID?: string | undefined
  TELEGRAM_BASE_URL: string
  DISCORD_WEBHOOK_URL?: string | undefined
  SLACK_WEBHOOK_URL?: string | undefined
  SMTP_URL?: string | undefined
  SMTP_FROM?: string | undefined
  PLANE_BASE_URL: string
  PLANE_API_KEY?: string | undefined
  PLANE_WORKSPACE?: string | undefined
  PLANE_PROJECT_ID?: string | undefined
}

/** The path at which Telegram tells us of clicks. */
export const telegramCallbackPath = '/api/callbacks/telegram'

/** Every channel that is configured. Nothing is called before there is something to say. */
export function openChannels(settings: ChannelSettings): Channels & { telegram?: Telegram } {
  const telegram = openTelegram(settings)
  const { DISCORD_WEBHOOK_URL: discord, SLACK_WEBHOOK_URL: slack } = settings
  const messengers: Messenger[] = [
    ...(telegram ? [telegram] : []),
    ...(discord ? [createDiscord({ webhookUrl: discord })] : []),
    ...(slack ? [createSlack({ webhookUrl: slack })] : []),
  ]
  const { SMTP_URL: url, SMTP_FROM: from, PUBLIC_URL: publicUrl = null } = settings
  return {
    messengers,
    mailer: url ? createMailer({ url, from }) : undefined,
    tracker: openTracker(settings),
    publicUrl,
    ...(telegram && { telegram }),
  }
}

function openTelegram(settings: ChannelSettings): Telegram | undefined {
  const { TELEGRAM_BOT_TOKEN: botToken, TELEGRAM_CHAT_ID: chatId, PUBLIC_URL: publicUrl } = settings
  if (!botToken || !chatId) return undefined
  const callbackUrl = publicUrl && new URL(telegramCallbackPath, publicUrl).href
  // Telegram calls back over https and nothing else.
  const isCallable = callbackUrl?.startsWith('https:')
  return createTelegram({
    baseUrl: settings.TELEGRAM_BASE_URL,
    botToken,
    chatId,
    callbackUrl: isCallable ? callbackUrl : undefined,
  })
}

function openTracker(settings: ChannelSettings) {
  const { PLANE_BASE_URL: baseUrl, PLANE_API_KEY: apiKey } = settings
  const { PLANE_WORKSPACE: workspace, PLANE_PROJECT_ID: projectId = '' } = settings
  return apiKey && workspace ? createPlane({ baseUrl, apiKey, workspace }, projectId) : undefined
}
