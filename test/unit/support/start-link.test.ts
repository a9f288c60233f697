import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { startLink } from '../../support/chaos/start-link.ts'

test('a line that was slow and is healed brings first what was sent first', async () => {
  let heard = ''
  const server = createServer((socket) => socket.on('data', (chunk) => (heard += chunk)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const link = await startLink((server.address() as AddressInfo).port)
  const socket = connect(link.port, '127.0.0.1')
  await once(socket, 'connect')
  onTestFinished(async () => {
    socket.end()
    await once(socket, 'close')
    await link.close()
    server.close()
  })

  link.slow(100)
  socket.write('slow, ')
  // The line takes it up, and holds it.
  for (let turns = 0; turns < 20; turns += 1) await turn()
  link.heal()
  socket.write('then quick')
  await expect.poll(() => heard.length).toBe('slow, then quick'.length)
  expect(heard).toBe('slow, then quick')
})
