import { Id } from '@countersign/core/ids'
import { listDueNotices } from '@countersign/core/notices/list-due-notices'
import { tellPeople } from '@countersign/core/notices/tell-people'
import { defineJob } from '@countersign/queue/define-job'
import { z } from 'zod'
import type { WorkerPorts } from '../compose.ts'

/** One try to tell people, by chat and mail and in the tracker, of one thing that happened. */
export const tellPeopleJob = defineJob({
  name: 'tell-people',
  payload: z.object({ noticeId: Id, attempt: z.int().nonnegative() }),
  concurrency: 8,
  key: ({ noticeId, attempt }) => `${noticeId}-${attempt}`,

  listDue: (ports: WorkerPorts, limit) => listDueNotices(ports, limit),
  run: tellPeople,
})
