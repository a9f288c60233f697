import { agent, branch, type GitAnswer, refuseWant } from './git-answer.ts'
import { delimiter, encodeLine, flush, type Packet } from './packet-line.ts'
import type { Snapshot } from './snapshot.ts'

/** Tells a client of the second protocol what it may ask for. */
export function advertise2(): string {
  const lines = ['version 2', agent, 'ls-refs=unborn', 'fetch=shallow', 'object-format=sha1']
  return `${lines.map((line) => encodeLine(`${line}\n`)).join('')}${flush}`
}

/** Answers a command of the second protocol. */
export function answer2(packets: readonly Packet[], snapshot: Snapshot): GitAnswer {
  const lines = packets.filter((packet) => typeof packet === 'string')
  if (lines.includes('command=ls-refs')) return { text: listRefs(lines, snapshot), hasPack: false }
  if (lines.includes('command=fetch')) return fetch(lines, snapshot)
  return { text: encodeLine('ERR unknown command\n'), hasPack: false }
}

function listRefs(lines: readonly string[], { commitId }: Snapshot): string {
  const prefixes = lines.flatMap((line) => /^ref-prefix (.*)$/.exec(line)?.slice(1) ?? [])
  const isAsked = (name: string) =>
    prefixes.length === 0 || prefixes.some((prefix) => name.startsWith(prefix))
  const target = lines.includes('symrefs') ? ` symref-target:${branch}` : ''
  const head = isAsked('HEAD') ? encodeLine(`${commitId} HEAD${target}\n`) : ''
  const main = isAsked(branch) ? encodeLine(`${commitId} ${branch}\n`) : ''
  return `${head}${main}${flush}`
}

/** A client that has not said all yet is told that we know nothing that it has. */
function fetch(lines: readonly string[], snapshot: Snapshot): GitAnswer {
  const wants = lines.flatMap((line) => /^want ([0-9a-f]{40})$/.exec(line)?.slice(1) ?? [])
  const refusal = refuseWant(wants, snapshot)
  if (refusal) return { text: refusal, hasPack: false }
  if (!lines.includes('done')) {
    const text = `${encodeLine('acknowledgments\n')}${encodeLine('NAK\n')}${flush}`
    return { text, hasPack: false }
  }
  // One commit without parents is never cut off from anything, so that the section is empty.
  const isShallow = lines.some((line) => /^(?:deepen|shallow) /.test(line))
  const shallow = isShallow ? `${encodeLine('shallow-info\n')}${delimiter}` : ''
  return { text: `${shallow}${encodeLine('packfile\n')}`, hasPack: true }
}
