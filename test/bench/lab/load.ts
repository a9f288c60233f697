import { Agent, request } from 'node:http'

/** A request that is ready to be sent, so that making it is not measured. */
export interface PreparedRequest {
  path: string
  headers: Record<string, string>
  body: Buffer
}

export interface Sent {
  status: number
  body: string
  /** How long it took, from the first byte to the last. */
  ms: number
}

const boundary = 'a-boundary-that-no-bundle-has'

/** A form with a file in it, as a multipart request. */
export function prepareForm(
  path: string,
  fields: Readonly<Record<string, string>>,
  file: Uint8Array,
): PreparedRequest {
  const part = (head: string) => `--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n`
  const texts = Object.entries(fields).map(
    ([name, value]) => `${part(`name="${name}"`)}\r\n${value}\r\n`,
  )
  const head = part('name="file"; filename="bundle.zip"')
  return {
    path,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([
      Buffer.from(`${texts.join('')}${head}content-type: application/zip\r\n\r\n`),
      file,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  }
}

/** A request with a JSON body. */
export function prepareJson(path: string, body: unknown): PreparedRequest {
  return {
    path,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
  }
}

/** A request that says nothing but where it goes. */
export function prepareEmpty(path: string): PreparedRequest {
  return { path, headers: {}, body: Buffer.alloc(0) }
}

/** Sends requests over connections that stay open. */
export function createSender(url: string, token = '') {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const { hostname, port } = new URL(url)
  return (prepared: PreparedRequest, method = 'POST') =>
    new Promise<Sent>((resolve, reject) => {
      const since = performance.now()
      const headers = {
        ...prepared.headers,
        authorization: `Bearer ${token}`,
        'content-length': prepared.body.length,
      }
      const outgoing = request(
        { agent, hostname, port, path: prepared.path, method, headers },
        (answer) => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('error', reject)
          answer.on('end', () => {
            const body = Buffer.concat(chunks).toString()
            resolve({ status: answer.statusCode ?? 0, body, ms: performance.now() - since })
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.end(prepared.body)
    })
}

/** Works through a list, so many at once; gives how many a second that were. */
export async function measureRate<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<unknown>,
): Promise<number> {
  const queue = items.values()
  const since = performance.now()
  const worker = async () => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return items.length / ((performance.now() - since) / 1000)
}

/** Fails the run where an answer is not the one that is measured. */
export function requireStatus(sent: Sent, status: number): Sent {
  if (sent.status === status) return sent
  throw new Error(`The answer is ${sent.status}, not ${status}: ${sent.body.slice(0, 400)}`)
}
