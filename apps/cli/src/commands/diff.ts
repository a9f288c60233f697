import type { DiffView } from '@countersign/sdk'
import { type Command, exitCodes, requireOne, requireText, UsageError } from '../command.ts'
import { connect } from '../connect.ts'
import { inert, print } from '../print.ts'

export const diff: Command = {
  usage: 'diff ENTITY --from N --to N',
  summary: 'Compare two versions, file by file.',
  options: { from: { type: 'string' }, to: { type: 'string' } },

  async run(invocation, terminal) {
    const [from, to] = [requireText(invocation, 'from'), requireText(invocation, 'to')].map(Number)
    if (!Number.isInteger(from) || !Number.isInteger(to) || !from || !to) {
      throw new UsageError('--from and --to are numbers of versions.')
    }
    const { store } = await connect(invocation, terminal)
    const found = await store.diff(requireOne(invocation, 'entity'), from, to)
    print(terminal, invocation, found, () => found.files.map(describe).join('\n') || 'No change.')
    return exitCodes.good
  },
}

function describe({ path, change, from_path, note, patch }: DiffView['files'][number]): string {
  const moved = from_path ? ` from ${inert(from_path)}` : ''
  const head = `${change} ${inert(path)}${moved}${note ? ` (${note})` : ''}`
  // A patch shows the bytes of a stranger: line by line, none of them can move the cursor.
  const lines = (patch ?? '')
    .split('\n')
    .map((line) => line.replaceAll(/[^\P{Cc}\t]|\p{Cf}/gu, ' '))
  return [head, ...lines].join('\n').trimEnd()
}
