import type { ChannelOutcome } from '@countersign/core/notices/channels'
import { type ApiCall, type ApiOutcome, callApi, toOutcome } from '../channels/call-api.ts'
import { targetOf } from '../guard/target.ts'

export interface PlaneOptions {
  baseUrl: string
  apiKey: string
  workspace: string
}

/** A work item of Plane: which project it belongs to is said with every call, never assumed. */
export interface PlaneItem {
  projectId: string
  itemId: string
}

/** The groups that Plane sorts the states of a project into. */
export type StateGroup = 'backlog' | 'unstarted' | 'started' | 'completed' | 'cancelled'

/** The three ways in which we change anything in Plane. Each asks the guard before its first step. */
export interface PlaneWrites {
  /** Moves a work item to the first state of a group. */
  updateState(item: PlaneItem, group: StateGroup, signal: AbortSignal): Promise<ChannelOutcome>
  /** Moves a work item to a state that the caller knows the id of. */
  setStateDirect(item: PlaneItem, stateId: string, signal: AbortSignal): Promise<ChannelOutcome>
  /** Comments on a work item. A comment of that id that is there already is left as it is. */
  addComment(
    item: PlaneItem,
    comment: { html: string; commentId: string },
    signal: AbortSignal,
  ): Promise<ChannelOutcome>
}

/** The name under which we leave comments and know work items. */
export const externalSource = 'countersign'

export function createPlaneWrites(options: PlaneOptions): PlaneWrites {
  const plane = createPlaneCalls(options)

  return {
    async updateState(item, group, signal) {
      const states = await plane.call(item, 'update-state', { path: 'states/', signal })
      if (states.kind !== 'answered' || !states.isOk) return toOutcome(states, 'Plane')
      const stateId = findState(states.json, group)
      if (!stateId) return { kind: 'failed', error: `The project has no state that is ${group}.` }
      return plane.patch(item, 'update-state', { state: stateId }, signal)
    },

    setStateDirect: (item, stateId, signal) =>
      plane.patch(item, 'set-state-direct', { state: stateId }, signal),

    async addComment(item, { html, commentId }, signal) {
      const path = `work-items/${encodeURIComponent(item.itemId)}/comments/`
      const body = {
        comment_html: html,
        external_source: externalSource,
        external_id: commentId,
      }
      const outcome = await plane.call(item, 'add-comment', { method: 'POST', path, body, signal })
      const isThere = outcome.kind === 'answered' && outcome.status === 409
      return isThere ? { kind: 'sent', ref: null } : toOutcome(outcome, 'Plane')
    },
  }
}

/** Calls into one project. Whatever they ask, they are part of a write, and guarded as one. */
export function createPlaneCalls({ baseUrl, apiKey, workspace }: PlaneOptions) {
  const call = (
    { projectId, itemId }: PlaneItem,
    op: string,
    {
      path,
      method = 'GET',
      ...rest
    }: Pick<ApiCall, 'method' | 'body' | 'signal'> & { path: string },
  ): Promise<ApiOutcome> => {
    const root = `api/v1/workspaces/${encodeURIComponent(workspace)}/projects`
    return callApi({
      target: targetOf('tracker', baseUrl, workspace, projectId),
      op,
      about: itemId,
      method,
      url: `${baseUrl.replace(/\/$/, '')}/${root}/${encodeURIComponent(projectId)}/${path}`,
      headers: { 'x-api-key': apiKey },
      ...rest,
    })
  }
  return {
    call,
    async patch(item: PlaneItem, op: string, body: unknown, signal: AbortSignal) {
      const path = `work-items/${encodeURIComponent(item.itemId)}/`
      return toOutcome(await call(item, op, { method: 'PATCH', path, body, signal }), 'Plane')
    },
  }
}

function findState(json: Readonly<Record<string, unknown>>, group: StateGroup): string | undefined {
  const states = Array.isArray(json.results) ? json.results : []
  return states.find((state) => state?.group === group)?.id
}
