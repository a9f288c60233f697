import { ServiceError } from '@countersign/core/errors'
import { isSameSecret } from '@countersign/core/identity/secret-token'
import { answerApproval } from '@countersign/core/notices/approvals/answer-approval'
import {
  readClick,
  type Telegram,
  telegramSecret,
} from '@countersign/egress/channels/create-telegram'
import { telegramCallbackPath } from '@countersign/egress/channels/open-channels'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import { type Api, problems } from '../../router.ts'

/** As much of Telegram's update as a click on one of our buttons takes. */
const Update = z.object({
  callback_query: z
    .object({
      id: z.string().max(100),
      from: z.object({ id: z.int(), username: z.string().max(100).optional() }),
      data: z.string().max(64).optional(),
    })
    .optional(),
})
type Click = NonNullable<z.infer<typeof Update>['callback_query']>

/** Where Telegram tells us of clicks on the buttons of our messages. */
export function telegramRoutes(app: Api, services: Services): void {
  const { TELEGRAM_BOT_TOKEN: botToken } = services.config
  const { telegram } = services.channels
  if (!botToken || !telegram) return
  const secret = telegramSecret(botToken)

  app.post(telegramCallbackPath, {
    config: { access: 'anyone', gate: 'none' },
    schema: {
      summary: 'Hear from Telegram that somebody clicked',
      tags: ['notifications'],
      body: Update,
      response: { 200: z.object({}), ...problems(401, 503) },
    },
    handler: async ({ headers, body: { callback_query: click } }) => {
      const shown = headers['x-telegram-bot-api-secret-token']
      if (typeof shown !== 'string' || !isSameSecret(shown, secret)) {
        throw new ServiceError('unauthenticated')
      }
      if (click) await answer(services, telegram, click)
      return {}
    },
  })
}

/** Counts the click, and tells the one who clicked what came of it, whatever that is. */
async function answer(services: Services, telegram: Telegram, click: Click): Promise<void> {
  const text = await count(services, click).catch((error: unknown) => {
    if (error instanceof ServiceError) return error.detail
    services.log.error({ err: error }, 'click failed')
    return 'Something went wrong on our side. Nothing was decided.'
  })
  const outcome = await telegram.answerClick(click.id, text, AbortSignal.any([]))
  if (outcome.kind === 'failed') services.log.warn({ error: outcome.error }, 'click not answered')
}

async function count(services: Services, { from, data = '' }: Click): Promise<string> {
  const read = readClick(data)
  if (!read) return 'This button is none of ours.'
  const { status } = await answerApproval(services, {
    ...read,
    comment: 'In Telegram.',
    clickedBy: { channel: 'telegram', externalUser: String(from.id) },
  })
  return status === 'pending' ? 'Counted. Others have to agree.' : `The request is ${status}.`
}
