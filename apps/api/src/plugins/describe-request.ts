import type { FastifyRequest } from 'fastify'

/** Paths that are a secret in themselves: whoever knows the link in a letter may answer with it. */
const secretPath = /^(\/answer\/)[^/?]+/

/** What a log line says of a request. */
export function describeRequest({
  method,
  url,
  host,
  ip: remoteAddress,
}: Pick<FastifyRequest, 'method' | 'url' | 'host' | 'ip'>) {
  return { method, url: url.replace(secretPath, '$1…'), host, remoteAddress }
}
