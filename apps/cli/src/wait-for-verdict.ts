import { setTimeout as sleep } from 'node:timers/promises'
import type { Client, SubmissionView } from '@countersign/sdk'
import { Unreachable } from '@countersign/sdk'
import type { Terminal } from './command.ts'

const waitS = 25
/** A review that is held for this long is a person's matter: the script goes on. */
const heldPatienceMs = 2_000

/** Waits until a review is over or held, with a line that tells how it goes. */
export async function waitForVerdict(
  { store }: Client,
  { entityId, submissionId }: { entityId: string; submissionId: string },
  terminal: Terminal,
): Promise<SubmissionView> {
  const startedAt = Date.now()
  let heldSince = Number.POSITIVE_INFINITY
  for (;;) {
    const submission = await patiently(() => store.submission(submissionId), terminal)
    showProgress(terminal, submission, startedAt)
    const isHeld = submission.waiting_on === 'operator'
    heldSince = isHeld ? Math.min(heldSince, Date.now()) : Number.POSITIVE_INFINITY
    const isOver = submission.status !== 'pending_llm' || Date.now() - heldSince >= heldPatienceMs
    if (isOver) return finish(terminal, submission)
    const query = { wait: isHeld ? heldPatienceMs / 1000 : waitS, submission_id: submissionId }
    await patiently(() => store.status(entityId, query, terminal.signal), terminal)
  }
}

/** A service that restarts meanwhile is waited for; nothing is sent twice by asking again. */
async function patiently<T>(ask: () => Promise<T>, { signal }: Terminal): Promise<T> {
  for (let left = 10; ; left -= 1) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof Unreachable) || left === 0) throw error
      await sleep(1_000, undefined, { signal })
    }
  }
}

function showProgress(terminal: Terminal, { status }: SubmissionView, startedAt: number): void {
  if (!terminal.isInteractive) return
  terminal.err(`\r${status} … ${Math.round((Date.now() - startedAt) / 1000)} s `)
}

function finish(terminal: Terminal, submission: SubmissionView): SubmissionView {
  if (terminal.isInteractive) terminal.err('\r\u001b[K')
  return submission
}
