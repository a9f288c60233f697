import type { Server } from 'node:http'
import type { Socket } from 'node:net'

const lookEveryMs = 100

/**
 * Gives what waits for a server to close without waiting for those who have nothing to say: lines that
 * fall idle after the call, and lines that no request ever came over, as browsers open them to be quick.
 */
export function watchConnections(server: Server): (close: () => Promise<unknown>) => Promise<void> {
  const spare = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    spare.add(socket)
    socket.on('close', () => spare.delete(socket))
  })
  server.on('request', ({ socket }) => spare.delete(socket))
  const endIdle = () => {
    for (const socket of spare) socket.destroy()
    server.closeIdleConnections()
  }
  return async (close) => {
    const timer = setInterval(endIdle, lookEveryMs)
    await close().finally(() => clearInterval(timer))
  }
}
