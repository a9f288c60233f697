import type { Terminal } from '../command.ts'

/** Reads the input to its end, but not for longer than the signal lets it. */
export function readInputUntil(terminal: Terminal, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('Its input did not end in time.')), {
      once: true,
    })
    terminal.readInput().then(resolve, reject)
  })
}
