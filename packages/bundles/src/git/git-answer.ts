import { encodeLine } from './packet-line.ts'
import type { Snapshot } from './snapshot.ts'

/** What is sent back: some lines, and behind them the pack or not. */
export interface GitAnswer {
  text: string
  hasPack: boolean
}

export const agent = 'agent=countersign'

/** The only branch that there is. */
export const branch = 'refs/heads/main'

/** The words for a client that asks for anything but what is live. */
export function refuseWant(wants: readonly string[], { commitId }: Snapshot): string | undefined {
  const unknown = wants.find((id) => id !== commitId)
  if (unknown) return encodeLine(`ERR upload-pack: not our ref ${unknown}\n`)
  return wants.length === 0 ? encodeLine('ERR upload-pack: nothing is wanted\n') : undefined
}
