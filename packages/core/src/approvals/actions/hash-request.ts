import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Id } from '../../ids.ts'

/**
 * Names exactly one action with exactly one context in one workspace: the SHA-256 of the RFC 8785 text
 * of `["v1", workspace_id, action, context]`.
 *
 * The context is given as its canonical text already, which is what RFC 8785 would make of it here.
 */
export function hashRequest(request: { workspaceId: Id; action: string; context: string }): string {
  const head = canonicalize(['v1', request.workspaceId, request.action]) ?? ''
  const text = `${head.slice(0, -1)},${request.context}]`
  return createHash('sha256').update(text).digest('hex')
}
