import { text } from 'node:stream/consumers'
import yauzl from 'yauzl'

/** What an independent, lenient reader finds in an archive: each entry's name and bytes. */
export async function readWithYauzl(archive: Uint8Array): Promise<[name: string, data: string][]> {
  const zip = await yauzl.fromBufferPromise(Buffer.from(archive), { decodeStrings: false })
  const found: [string, string][] = []
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry)
    found.push([String(entry.fileName), await text(stream.setEncoding('latin1'))])
  }
  return found
}
