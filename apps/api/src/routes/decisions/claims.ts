import { SubmissionView } from '@countersign/contract/submission'
import { Id } from '@countersign/core/ids'
import { claimSubmission, releaseSubmission } from '@countersign/core/submissions/claim-submission'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import { type Api, problems } from '../../router.ts'
import { sendDecided } from './send-decided.ts'

const path = '/api/admin/store/submissions/:id/claim'
const tags = ['admin']
const params = z.object({ id: Id })
const config = { access: 'admin', gate: 'none' } as const

/** Where admins tell each other who is reading what. It keeps nobody from deciding. */
export function claimRoutes(app: Api, services: Services): void {
  app.post(path, {
    config,
    schema: {
      summary: 'Claim a submission, so that nobody else begins to read it',
      tags,
      params,
      response: { 200: SubmissionView, ...problems(409) },
    },
    handler: async ({ caller, params: { id } }, reply) => {
      await claimSubmission(services, { caller, submissionId: id })
      return sendDecided(services, id, reply)
    },
  })

  app.delete(path, {
    config,
    schema: {
      summary: 'Give a submission back, whoever has claimed it',
      tags,
      params,
      response: { 200: SubmissionView },
    },
    handler: async ({ caller, params: { id } }, reply) => {
      await releaseSubmission(services, { caller, submissionId: id })
      return sendDecided(services, id, reply)
    },
  })
}
