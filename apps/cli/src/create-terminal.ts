import { stderr, stdin, stdout } from 'node:process'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Terminal } from './command.ts'

/** The terminal, or the pipes, that the command was started with. */
export function createTerminal(): Terminal {
  const { env } = process
  const leaving = new AbortController()
  process.once('SIGINT', () => leaving.abort(new Error('Interrupted.')))
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    isInteractive: stderr.isTTY === true,
    askSecret,
    readInput: () => text(stdin),
    env,
    // npm changes into the repository; the person meant the folder they stand in.
    cwd:
      env.npm_lifecycle_event === 'countersign' ? (env.INIT_CWD ?? process.cwd()) : process.cwd(),
    signal: leaving.signal,
  }
}

async function askSecret(question: string): Promise<string> {
  stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input: stdin, output: nowhere, terminal: true })
  try {
    return await reader.question('')
  } finally {
    reader.close()
    stderr.write('\n')
  }
}
