import { type IncomingMessage, request as requestPlainly } from 'node:http'
import { request as requestSecurely } from 'node:https'
import type { Address } from './resolve-host.ts'

export interface Outgoing {
  method: 'GET' | 'POST' | 'PATCH'
  url: URL
  headers: Readonly<Record<string, string>>
  body?: string | undefined
  /** Patience with all of it, from the first step to the last byte. */
  timeoutMs: number
  /** The address to connect to, whatever the name means by then. */
  address?: Address | undefined
  signal?: AbortSignal | undefined
}

export interface Incoming {
  status: number
  headers: Headers
  /** No more than the first 64 KiB. */
  text: string
}

const textBytesMax = 64 * 1024

/**
 * Sends one request over a connection of its own and reads the answer, whatever its status. It follows
 * no redirect. Throws when there is no whole answer in time.
 *
 * It asks no guard: the doors do, each with its own idea of the target.
 */
export async function request({ address, timeoutMs, ...outgoing }: Outgoing): Promise<Incoming> {
  const deadline = AbortSignal.timeout(timeoutMs)
  const signal = outgoing.signal ? AbortSignal.any([outgoing.signal, deadline]) : deadline
  try {
    return await read(await send({ ...outgoing, signal }, address && pinTo(address)))
  } catch (error) {
    if (!deadline.aborted || outgoing.signal?.aborted) throw error
    throw new Error(`There was no answer within ${timeoutMs / 1000} s.`, { cause: error })
  }
}

function send(
  { method, url, headers, body = '', signal }: Omit<Outgoing, 'address' | 'timeoutMs'>,
  lookup: ReturnType<typeof pinTo> | undefined,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const open = url.protocol === 'https:' ? requestSecurely : requestPlainly
  const length = body && { 'content-length': `${Buffer.byteLength(body)}` }
  const sent = open(url, {
    method,
    headers: { ...headers, ...length },
    agent: false,
    ...(signal && { signal }),
    ...(lookup && { lookup }),
  })
  sent.on('response', resolve).on('error', reject).end(body)
  return promise
}

async function read(response: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= textBytesMax) break
  }
  const headers = new Headers()
  for (const [name, values] of Object.entries(response.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  const text = Buffer.concat(chunks).subarray(0, textBytesMax).toString()
  return { status: response.statusCode ?? 0, headers, text }
}

/** A lookup that gives one address for whatever name, in either of the two ways callers ask. */
function pinTo({ address, family }: Address) {
  return (
    _hostname: string,
    options: { all?: boolean | undefined },
    give: (error: null, address: string | Address[], family?: number) => void,
  ) => (options.all ? give(null, [{ address, family }]) : give(null, address, family))
}
