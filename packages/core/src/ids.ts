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
  const time = lastTime.toString(16).padStart(12, '0')
  // What is random in it, and the mark of its kind, stand at the end of any random id.
  const rest = crypto.randomUUID().slice(19)
  const count = counter.toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${rest}`
}

/** Leaves half of the counter's room for the ids that follow within the millisecond. */
function randomStart(): number {
  return Number.parseInt(crypto.randomUUID().slice(0, 8), 16) & 0x7ff
}
