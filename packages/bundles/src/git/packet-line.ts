/** What stands between the lines of a request: the end of a part, or of all of it. */
export type Packet = string | { mark: 'flush' | 'delimiter' | 'end' }

export const flush = '0000'
export const delimiter = '0001'

/** The most that fits into a packet, besides its length. */
const dataMax = 65_516

/** A line of text with its length in front. */
export function encodeLine(text: string): string {
  return `${(Buffer.byteLength(text) + 4).toString(16).padStart(4, '0')}${text}`
}

/** Reads packets; lines without their line feeds. Throws where they are not well formed. */
export function parsePackets(bytes: Uint8Array): Packet[] {
  const text = Buffer.from(bytes).toString('latin1')
  const packets: Packet[] = []
  for (let at = 0; at < text.length; ) {
    const told = text.slice(at, at + 4)
    const length = Number.parseInt(told, 16)
    if (!/^[0-9a-f]{4}$/i.test(told) || length === 3) throw new RangeError('Not a packet line.')
    const mark = (['flush', 'delimiter', 'end'] as const)[length]
    if (mark) packets.push({ mark })
    else if (at + length > text.length) throw new RangeError('A packet line is cut off.')
    else packets.push(text.slice(at + 4, at + length).replace(/\n$/, ''))
    at += mark ? 4 : length
  }
  return packets
}

/** Puts bytes into packets of the first side band, beside which messages could travel. */
export async function* encodeSideBand(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += dataMax - 1) {
      const part = chunk.subarray(at, at + dataMax - 1)
      const length = (part.length + 5).toString(16).padStart(4, '0')
      yield Buffer.concat([Buffer.from(`${length}\x01`), part])
    }
  }
}
