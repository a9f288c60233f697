import { once } from 'node:events'
import { createServer } from 'node:net'

/** A TCP port of the loopback interface that nothing listens on at the moment. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (!address || typeof address === 'string') throw new Error('A TCP server has no port.')
  return address.port
}
