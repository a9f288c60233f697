import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A line between two parties that can be cut, silenced or slowed. */
export interface Link {
  /** Whoever connects here gets through to the other end. */
  port: number
  /** Leads to another port from here on: the other end came back elsewhere. */
  aim(port: number): void
  /** Kills the connections that are open, and refuses new ones until healed. */
  cut(): void
  /** Lets nothing through, and tells nobody, until healed. */
  silence(): void
  /** Delays every packet until healed. */
  slow(ms: number): void
  /** Carries as before. What went into silence is lost, so its connections end. */
  heal(): void
  close(): Promise<void>
}

/** Opens a line to a port of this machine. */
export async function startLink(target: number): Promise<Link> {
  let port = target
  let state: 'whole' | 'cut' | 'silent' = 'whole'
  let delayMs = 0
  const open = new Set<Socket>()
  const endAll = () => {
    for (const socket of open) socket.resetAndDestroy()
  }

  const carry = (from: Socket, to: Socket) => {
    let before: Promise<unknown> = Promise.resolve()
    from.on('data', (chunk) => {
      if (state === 'silent') return
      // Late, but never before what was sent earlier: no line does that.
      before = Promise.all([before, delayMs > 0 && sleep(delayMs)]).then(
        () => to.destroyed || to.write(chunk),
      )
    })
    from.on('error', () => to.destroy())
    from.on('close', () => {
      open.delete(from)
      to.destroy()
    })
  }
  const server = createServer((near) => {
    if (state === 'cut') return void near.resetAndDestroy()
    const far = connect(port, '127.0.0.1')
    open.add(near).add(far)
    carry(near, far)
    carry(far, near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as AddressInfo).port,
    aim(next) {
      port = next
      endAll()
    },
    cut() {
      state = 'cut'
      endAll()
    },
    silence() {
      state = 'silent'
    },
    slow(ms) {
      delayMs = ms
    },
    heal() {
      if (state === 'silent') endAll()
      state = 'whole'
      delayMs = 0
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      endAll()
      await closed
    },
  }
}
