import { z } from 'zod'

/** A UUIDv7 as text. Ids sort by the time of their making, which keeps index inserts local. */
export const Id = z.uuid()
export type Id = z.infer<typeof Id>

let lastTime = 0
let counter = 0

/** A new id. Ids made by one process never go backwards, even within a millisecond. */
export function newId(): Id {
  const now = Date.now()
  counter = now > lastTime ? randomStart() : counter + 1
  lastTime = Math.max(now, lastTime)
  if (counter > 0xfff) {
    lastTime += 1
    counter = randomStart()
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, Math.floor(lastTime / 0x1_0000))
  view.setUint16(4, lastTime % 0x1_0000)
  view.setUint16(6, 0x7000 | counter)
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f))
  const hex = Buffer.from(bytes).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Leaves half of the counter's room for the ids that follow within the millisecond. */
function randomStart(): number {
  return (crypto.getRandomValues(new Uint16Array(1))[0] ?? 0) & 0x7ff
}
