import { AdminCommentBody, CommentBody, ThreadPage, viewThread } from '@countersign/contract/thread'
import { Id } from '@countersign/core/ids'
import { commentSubmission } from '@countersign/core/submissions/comment-submission'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import type { Api } from '../../router.ts'

const params = z.object({ id: Id })

/** Where people talk about a submission: whoever submitted it with the admins, and admins alone. */
export function commentRoutes(app: Api, services: Services): void {
  const { reads } = services
  const readThread = async (id: Id, withNotes: boolean) => {
    const timeline = await reads.listTimeline([`submission:${id}`])
    return { items: viewThread(timeline, { withNotes }) }
  }

  app.post('/api/store/submissions/:id/comments', {
    config: { access: 'caller', gate: 'none', isRepeatable: true },
    schema: {
      summary: 'Say something to those who decide',
      description: 'The reply is the thread.',
      tags: ['store'],
      params,
      body: CommentBody,
      response: { 201: ThreadPage },
    },
    handler: async ({ caller, params: { id }, body }, reply) => {
      await commentSubmission(services, { caller, submissionId: id, isNote: false, ...body })
      return reply.code(201).send(await readThread(id, false))
    },
  })

  app.post('/api/admin/store/submissions/:id/comments', {
    config: { access: 'admin', gate: 'none', isRepeatable: true },
    schema: {
      summary: 'Say something to the submitter, or leave a note among admins',
      description: 'It decides nothing, and no revision changes with it. The reply is the thread.',
      tags: ['admin'],
      params,
      body: AdminCommentBody,
      response: { 201: ThreadPage },
    },
    handler: async ({ caller, params: { id }, body: { audience, ...said } }, reply) => {
      const isNote = audience === 'admins'
      await commentSubmission(services, { caller, submissionId: id, isNote, ...said })
      return reply.code(201).send(await readThread(id, true))
    },
  })
}
