import type { SubmissionView } from '@countersign/contract/submission'
import { ServiceError } from '@countersign/core/errors'
import type { Id } from '@countersign/core/ids'
import type { FastifyReply } from 'fastify'
import type { Services } from '../../compose.ts'
import { sendSubmission } from '../submissions.ts'

/** Shows a submission as it is after what was done to it, and where to look for what is not done yet. */
export async function sendDecided(
  { reads }: Pick<Services, 'reads'>,
  id: Id,
  reply: FastifyReply,
): Promise<SubmissionView> {
  const detail = await reads.findSubmission(id)
  if (!detail) throw new ServiceError('not_found')
  if (reply.statusCode === 202) {
    void reply.header('location', `/api/admin/store/submissions/${id}`)
  }
  return sendSubmission(detail, reply)
}
