import type { FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether `If-Match` counts for the route: it then does what it does to what was seen alone. */
    isConditional?: true
  }
}

/** The ETag of a revision. */
export function viewEtag(revision: number): string {
  return `"${revision}"`
}

/**
 * The revisions of which a client says that it saw one; `undefined` if it does not say, or does not care.
 * A tag that was made weak on the way, as proxies do that compress, names its revision all the same.
 */
export function readIfMatch({ headers, routeOptions }: FastifyRequest): number[] | undefined {
  if (!routeOptions.config.isConditional) throw new Error('The route does not say that it looks.')
  const header = headers['if-match']
  if (header === undefined || isAny(header)) return undefined
  return readTags(header).flatMap((text) => (/^\d{1,15}$/.test(text) ? [Number(text)] : []))
}

/** Whether a client has what it asks for already, by the tag of that (RFC 9110, 13.1.2). */
export function isKnown({ headers }: Pick<FastifyRequest, 'headers'>, etag: string): boolean {
  const header = headers['if-none-match']
  if (header === undefined) return false
  return isAny(header) || readTags(header).some((text) => `"${text}"` === etag)
}

function isAny(header: string): boolean {
  return header.trim() === '*'
}

const tag = /(?:W\/)?"([^"]*)"/g

/** What the tags of a list say. What is no list of tags has none. */
function readTags(header: string): string[] {
  const isList = /^[\t ,]*$/.test(header.replaceAll(tag, ''))
  return isList ? Array.from(header.matchAll(tag), ([, text = '']) => text) : []
}
