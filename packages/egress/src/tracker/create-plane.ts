import type {
  ChannelOutcome,
  StageChange,
  StageStatus,
  Tracker,
  WorkItem,
} from '@countersign/core/notices/channels'
import { escapeHtml } from '@countersign/core/notices/escape-html'
import { toOutcome } from '../channels/call-api.ts'
import {
  createPlaneCalls,
  createPlaneWrites,
  externalSource,
  type PlaneItem,
  type PlaneOptions,
  type StateGroup,
} from './plane-writes.ts'

export interface Plane extends Tracker {
  /** Says of a work item that all of its work is done. */
  setIssueDone(item: PlaneItem, signal: AbortSignal): Promise<ChannelOutcome>
}

/** Where a work item belongs at each stage. What failed stays where it is: people decide what follows. */
const groupOf: Readonly<Record<StageStatus, StateGroup | undefined>> = {
  started: 'started',
  waiting: 'started',
  done: 'completed',
  failed: undefined,
}

/** Keeps the work items of one project of Plane up to date. */
export function createPlane(options: PlaneOptions, projectId: string): Plane {
  const writes = createPlaneWrites(options)
  const { call } = createPlaneCalls(options)

  /** What Plane calls a work item; `undefined` if it has none of that name. */
  const find = async (workItem: WorkItem, signal: AbortSignal) => {
    if ('id' in workItem) return { kind: 'found', itemId: workItem.id } as const
    const item = { projectId, itemId: workItem.externalId }
    const query = new URLSearchParams({
      external_id: workItem.externalId,
      external_source: externalSource,
    })
    const outcome = await call(item, 'find-item', { path: `work-items/?${query}`, signal })
    if (outcome.kind !== 'answered') return outcome
    if (outcome.isOk && typeof outcome.json.id === 'string') {
      return { kind: 'found', itemId: outcome.json.id } as const
    }
    // There is nothing to move along, so there is nothing left to do.
    if (outcome.status === 404) return { kind: 'sent', ref: null } as const
    return toOutcome(outcome, 'Plane')
  }

  return {
    async notifyStageChange({ workItem, ...change }, signal) {
      const found = await find(workItem, signal)
      if (found.kind !== 'found') return found
      const item = { projectId, itemId: found.itemId }
      const group = groupOf[change.status]
      const moved = group && (await writes.updateState(item, group, signal))
      if (moved && moved.kind !== 'sent') return moved
      return writes.addComment(item, composeComment(change), signal)
    },

    setIssueDone: (item, signal) => writes.updateState(item, 'completed', signal),
  }
}

function composeComment({ stage, status, note, changeId }: Omit<StageChange, 'workItem'>) {
  const html = `<p><strong>${escapeHtml(stage)}</strong>: ${status}</p><p>${escapeHtml(note)}</p>`
  return { html, commentId: changeId }
}
