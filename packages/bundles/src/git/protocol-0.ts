import { agent, branch, type GitAnswer, refuseWant } from './git-answer.ts'
import { encodeLine, flush, type Packet } from './packet-line.ts'
import type { Snapshot } from './snapshot.ts'

/** What a client of the first protocol may ask of us. */
const capabilities = [
  'side-band-64k',
  'shallow',
  'no-progress',
  `symref=HEAD:${branch}`,
  'object-format=sha1',
  agent,
].join(' ')

/** Tells a client of the first protocol what there is: one branch with one commit. */
export function advertise0({ commitId }: Snapshot): string {
  return [
    encodeLine('# service=git-upload-pack\n'),
    flush,
    encodeLine(`${commitId} HEAD\0${capabilities}\n`),
    encodeLine(`${commitId} ${branch}\n`),
    flush,
  ].join('')
}

/**
 * Answers a request of the first protocol. What the client has already is of no use to it, as no two
 * commits have anything to do with each other: it gets all, once it has said all.
 */
export function answer0(packets: readonly Packet[], snapshot: Snapshot): GitAnswer {
  const lines = packets.filter((packet) => typeof packet === 'string')
  const wants = lines.flatMap((line) => /^want ([0-9a-f]{40})/.exec(line)?.slice(1) ?? [])
  const refusal = refuseWant(wants, snapshot)
  if (refusal) return { text: refusal, hasPack: false }
  // One commit without parents is never cut off from anything, so that there is nothing to tell.
  const shallow = lines.some((line) => line.startsWith('deepen')) ? flush : ''
  const hasSaidAll = lines.includes('done')
  const hasAsked = hasSaidAll || lines.some((line) => line.startsWith('have '))
  return { text: `${shallow}${hasAsked ? encodeLine('NAK\n') : ''}`, hasPack: hasSaidAll }
}
