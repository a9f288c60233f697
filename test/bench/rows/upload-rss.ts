import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { zipOf } from '../../support/zip-builder.ts'
import { createSender, prepareForm, requireStatus } from '../lab/load.ts'
import { startService } from '../lab/start-service.ts'
import type { BenchRow } from '../row.ts'

const description = 'Shows the maps of a large atlas page by page, and finds the page of a place.'

const body = `Look up the place in the index of the atlas, and note the page and the square that it gives.
Open the map of that page, and find the square by the letters above it and the numbers beside it.
Say which page it was, and what lies around the place. Where the index has no such place, say so.`

const [atOnce, pictures, bytesEach] = [8, 10, 4.9 * 2 ** 20]

export const uploadRss: BenchRow = {
  id: 'upload-rss-mb',
  what: 'the most memory of the API under 8 uploads of 50 MiB at once, against what it needs idle',
  unit: 'MB',
  judged: 'value',
  goal: { max: 700 },

  async measure(lab) {
    const service = await startService(lab)
    const idle = readMemory(service.api.pid, 'VmRSS')
    const send = createSender(service.url, service.token)
    const uploads = Array.from({ length: atOnce }, (_, nth) => aLargeUpload(nth))
    const sent = await Promise.all(uploads.map((upload) => send(upload)))
    for (const answer of sent) requireStatus(answer, 201)
    const most = readMemory(service.api.pid, 'VmHWM')
    await service.api.end()
    return { value: most, baseline: idle, ratio: most / idle }
  },
}

/** A skill with pictures that nothing packs smaller. */
function aLargeUpload(nth: number) {
  const skill = `---\nname: atlas-${nth}\ndescription: ${description}\n---\n\n`
  const files: Record<string, string | Buffer> = {
    'SKILL.md': `${skill}${body}\n\nBegin with page ${nth}.\n`,
  }
  const png = Buffer.from('89504e470d0a1a0a', 'hex')
  for (let page = 1; page <= pictures; page += 1) {
    files[`assets/map-${page}.png`] = Buffer.concat([png, randomBytes(bytesEach)])
  }
  const fields = { type: 'skill', description }
  return prepareForm('/api/store/entities', fields, zipOf(files))
}

function readMemory(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const [, kibibytes] =
    new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kibibytes) / 1000
}
