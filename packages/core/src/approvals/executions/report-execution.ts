import { ServiceError } from '../../errors.ts'
import { actorOf, type Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import type { Execution } from './execution.ts'

/**
 * Puts on record how an execution ended, as whoever was let through says. Saying the same again
 * changes nothing; after the lease it is unknown, and stays it.
 */
export async function reportExecution(
  { transact }: Pick<Ports, 'transact'>,
  request: {
    caller: Caller
    executionId: Id
    status: 'succeeded' | 'failed'
    error: string | null
  },
): Promise<Execution> {
  const { caller, executionId: id, status, error } = request
  return transact(async (store) => {
    const found = await store.executions.find(id)
    if (found?.principalId !== caller.id) throw new ServiceError('not_found')
    const finished = await store.executions.finish(id, { status, error })
    if (!finished) return explain(await store.executions.find(id), status)
    await store.audit.append({
      actor: actorOf(caller),
      action: `approval.execution_${status}`,
      resource: `execution:${id}`,
      params: { action: found.action, approval_id: found.approvalId, error },
    })
    return finished
  })
}

function explain(execution: Execution | undefined, reported: string): Execution {
  if (execution?.status === reported) return execution
  throw new ServiceError('already_reported', {
    members: { current_status: execution?.status === 'started' ? 'unknown' : execution?.status },
  })
}
