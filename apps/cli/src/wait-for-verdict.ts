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
  using progress = startProgress(terminal)
  let heldSince = Number.POSITIVE_INFINITY
  for (;;) {
    const submission = await patiently(() => store.submission(submissionId), terminal)
    progress.show(submission.status)
    const isHeld = submission.waiting_on === 'operator'
    heldSince = isHeld ? Math.min(heldSince, Date.now()) : Number.POSITIVE_INFINITY
    const isOver = submission.status !== 'pending_llm' || Date.now() - heldSince >= heldPatienceMs
    if (isOver) return submission
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

/** A line that counts the seconds for a person who watches, and is gone when the wait is over. */
function startProgress(terminal: Terminal): Disposable & { show(status: string): void } {
  if (!terminal.isInteractive) return { show: () => {}, [Symbol.dispose]: () => {} }
  const startedAt = Date.now()
  let shown = ''
  const draw = () => {
    const seconds = Math.round((Date.now() - startedAt) / 1000)
    terminal.err(`\r${shown} … ${seconds} s \u001b[K`)
  }
  const ticking = setInterval(draw, 1_000)
  return {
    show(status) {
      shown = status
      draw()
    },
    [Symbol.dispose]() {
      clearInterval(ticking)
      terminal.err('\r\u001b[K')
    },
  }
}
