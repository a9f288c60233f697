import { zipOf } from '../../support/zip-builder.ts'
import { type PreparedRequest, prepareForm } from './load.ts'

const description =
  'Checks that every figure in a monthly report agrees with the table that it was taken from.'

const sentences = [
  'Read the report once from start to end before you look at any table.',
  'Take the figures one by one, in the order in which they appear.',
  'Find the table that each figure was taken from, and write down its row.',
  'Where a figure does not agree, say what the table has and leave the report as it is.',
  'A figure that stands in no table is listed at the end, with the page it stands on.',
  'Round as the report rounds: a difference in the last shown digit is none.',
]

let made = 0

/** An honest skill of about so many bytes of text, unlike every other one, packed. */
export function aBundle(bytes: number): Uint8Array {
  return zipOf(aSkill(bytes))
}

/** The same as a tree of files that are in memory. */
export function aSkillTree(bytes: number) {
  return Object.entries(aSkill(bytes)).map(([path, text]) => {
    const content = new TextEncoder().encode(text)
    return { path, size: content.length, isExecutable: false, read: async () => content }
  })
}

function aSkill(bytes: number): Record<string, string> {
  made += 1
  const files: Record<string, string> = {}
  const filesWanted = Math.max(1, Math.round(bytes / 16_384))
  for (let nth = 1; nth < filesWanted; nth += 1) {
    files[`references/part-${nth}.md`] = prose(nth, bytes / filesWanted)
  }
  const front = `---\nname: report-checker-${made}\ndescription: ${description}\n---\n\n`
  files['SKILL.md'] = front + prose(0, bytes / filesWanted)
  return files
}

function prose(nth: number, bytes: number): string {
  const lines = [`# Part ${nth} of bundle ${made}`, '']
  for (let size = 0, row = 0; size < bytes; row += 1) {
    const line = `${row}. ${sentences[(row * 7 + nth + made) % sentences.length]} Table ${row * made}.`
    lines.push(line)
    size += line.length + 1
  }
  return `${lines.join('\n')}\n`
}

/** A submission of such a bundle, ready to be sent. */
export function aSubmission(bytes: number): PreparedRequest {
  return prepareForm('/api/store/entities', { type: 'skill', description }, aBundle(bytes))
}

export function submissions(count: number, bytes: number): PreparedRequest[] {
  return Array.from({ length: count }, () => aSubmission(bytes))
}
