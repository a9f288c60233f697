import { Id } from '@countersign/core/ids'
import { purgeBundle } from '@countersign/core/submissions/purge-bundle'
import { defineJob } from '@countersign/queue/define-job'
import { z } from 'zod'
import type { WorkerPorts } from '../compose.ts'

/** Gives up the bytes of bundles that were blocked long ago. */
export const purgeBundleJob = defineJob({
  name: 'purge-bundle',
  payload: z.object({ submissionId: Id }),
  concurrency: 1,
  dispatchEveryMs: 60_000,
  key: ({ submissionId }) => submissionId,

  async listDue({ store, policy }: WorkerPorts, limit) {
    const ids = await store.submissions.listPurgeable(policy.blockedBundleTtlDays, limit)
    return ids.map((submissionId) => ({ submissionId }))
  },

  async run(ports, payload) {
    await purgeBundle(ports, payload)
  },
})
