import { type RouteKind, refusalsOf } from '@countersign/contract/problem'
import type { SwaggerTransform } from '@fastify/swagger'
import type { RouteOptions } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { changesSomething } from '../plugins/require-gate.ts'
import { problems, refusals } from '../router.ts'

interface ObjectSchema {
  properties?: Record<string, unknown>
  required?: string[]
}

type Described = Parameters<SwaggerTransform>[0]

/** What a client may send along, where it counts. */
const headers = {
  'idempotency-key': z.string().min(1).max(255).describe('Sent again, it gets the first answer.'),
  'if-match': z
    .string()
    .describe('The `ETag` that you read: what has changed since is left alone.'),
  'if-none-match': z.string().describe('The `ETag` of what you have: 304 if that is still so.'),
}

/**
 * Describes a route for the OpenAPI document: what it says of itself, and what is so for every route of
 * its kind. The latter stands here alone, so that no route can forget it.
 */
export function describeRoute(described: Described): ReturnType<SwaggerTransform> {
  const { schema, route } = described
  if (!schema || schema.hide) return jsonSchemaTransform(described)
  const kind = kindOf(route)
  const response = { ...describeRefusals(route, kind), ...(schema.response ?? {}) }
  return nameWildcard(
    jsonSchemaTransform({
      ...described,
      schema: {
        ...schema,
        ...(kind.isOpen && { security: [] }),
        headers: describeHeaders(kind, 304 in response),
        response,
      },
    }),
  )
}

/** Gives the rest of a path, which the router calls `*`, the name that a document can call it by. */
function nameWildcard({ schema, url }: ReturnType<SwaggerTransform>) {
  const { properties, required, ...params } = (schema.params ?? {}) as ObjectSchema
  if (!properties || !('*' in properties)) return { schema, url }
  const { '*': path, ...others } = properties
  const names = required?.map((name) => (name === '*' ? 'path' : name))
  return {
    schema: { ...schema, params: { ...params, properties: { ...others, path }, required: names } },
    url: url.replace(/\*$/, ':path'),
  }
}

function kindOf({ method, url, config = {} }: RouteOptions): RouteKind {
  const { access, isRepeatable = false, isConditional = false, isGate = false } = config
  return {
    isOpen: access === 'anyone',
    isReserved: access === 'person' || access === 'admin',
    changes: changesSomething(method),
    namesThing: /[:*]/.test(url),
    isRepeatable,
    isConditional,
    isGate,
  }
}

/** The refusals of a kind of route, in the daemon's words where those are spoken. */
function describeRefusals({ config }: RouteOptions, kind: RouteKind) {
  const statuses = refusalsOf(kind)
  if (!config?.isDaemon) return problems(...statuses)
  return refusals(...statuses.map((status) => (status === 413 || status === 422 ? 400 : status)))
}

function describeHeaders({ isRepeatable, isConditional }: RouteKind, isCached: boolean) {
  const { shape } = z.object(headers).partial()
  return z.object({
    ...(isRepeatable && { 'idempotency-key': shape['idempotency-key'] }),
    ...(isConditional && { 'if-match': shape['if-match'] }),
    ...(isCached && { 'if-none-match': shape['if-none-match'] }),
  })
}
