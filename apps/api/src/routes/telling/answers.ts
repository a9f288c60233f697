import { ServiceError } from '@countersign/core/errors'
import { answerApproval, readQuestion } from '@countersign/core/notices/approvals/answer-approval'
import { composeApproval } from '@countersign/core/notices/approvals/compose-approval'
import { nameApproval } from '@countersign/core/notices/approvals/name-approval'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { renderAnswerPage, renderErrorPage } from '../../answer-page.ts'
import type { Services } from '../../compose.ts'
import { type Api, media, problems } from '../../router.ts'

const path = '/answer/:token'
const params = z.object({ token: z.string().max(64) })
const config = { access: 'anyone', gate: 'none' } as const
const tags = ['notifications']

const AnswerForm = z.object({
  verdict: z.enum(['approve', 'deny']),
  comment: z.string().max(4000).default(''),
})

const formType = 'application/x-www-form-urlencoded'
const page = media('A page that says how it stands.', 'text/html')
const missing = media('There is no such question.', 'text/html', 'application/problem+json')

/** Forms are small. */
const formBytesMax = 32 * 1024

/** The pages that letters lead to. Looking at one decides nothing: mail programs look at every link. */
export function answerRoutes(app: Api, services: Services): void {
  // In a scope of its own: nowhere else is a form a body.
  void app.register(async (scope: Api) => {
    scope.addContentTypeParser(
      formType,
      { parseAs: 'string', bodyLimit: formBytesMax },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )

    scope.get(path, {
      config,
      schema: {
        summary: 'Look at a request that a letter asks about',
        tags,
        params,
        response: { 200: page, 404: missing, 409: page, ...problems(503) },
      },
      handler: async ({ params: { token } }, reply) =>
        show(reply, () => renderQuestion(services, token)),
    })

    scope.post(path, {
      config,
      schema: {
        summary: 'Answer a request from a letter',
        tags,
        consumes: [formType],
        params,
        body: AnswerForm,
        response: { 200: page, 404: missing, 409: page, ...problems(503) },
      },
      handler: async ({ params: { token }, body }, reply) =>
        show(reply, async () => {
          await answerApproval(services, { token, ...body })
          return renderQuestion(services, token)
        }),
    })
  })
}

async function renderQuestion({ store }: Services, token: string): Promise<string> {
  const named = await nameApproval(store, await readQuestion({ store }, token))
  const message = composeApproval(named, { link: null, answerToken: null, isPage: true })
  return renderAnswerPage(message, named.approval.status === 'pending')
}

/** Sends a page that keeps its address to itself, runs nothing, and is kept by nobody. */
async function show(reply: FastifyReply, render: () => Promise<string>): Promise<FastifyReply> {
  const { status, page } = await render().then(
    (page) => ({ status: 200, page }),
    (error: unknown) => {
      if (!(error instanceof ServiceError)) throw error
      return { status: error.kind === 'missing' ? 404 : 409, page: renderErrorPage(error.detail) }
    },
  )
  return reply
    .code(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    .send(page)
}
