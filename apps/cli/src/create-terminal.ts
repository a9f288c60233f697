import { stderr, stdin, stdout } from 'node:process'
import { createInterface } from 'node:readline/promises'
import { addAbortSignal, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { InputLimits, Terminal } from './command.ts'

/** The terminal, or the pipes, that the command was started with. */
export function createTerminal(): Terminal {
  const { env } = process
  const leaving = new AbortController()
  process.once('SIGINT', () => leaving.abort(new Error('Interrupted.')))
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    isInteractive: stderr.isTTY === true,
    ask: (question) => askOn(stderr, question),
    askSecret,
    readInput: (limits) => (limits ? readLimited(limits) : text(stdin)),
    env,
    // npm changes into the repository; the person meant the folder they stand in.
    cwd:
      env.npm_lifecycle_event === 'countersign' ? (env.INIT_CWD ?? process.cwd()) : process.cwd(),
    signal: leaving.signal,
  }
}

/** Lets go of the input when it is too long or too late, so that nobody's open pipe holds us. */
async function readLimited({ signal, mostBytes }: InputLimits): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of addAbortSignal(signal, stdin)) {
    size += chunk.length
    if (size > mostBytes) throw new Error(`The input is larger than ${mostBytes} bytes.`)
    chunks.push(Buffer.from(chunk))
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function askSecret(question: string): Promise<string> {
  stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  try {
    return await askOn(nowhere, '')
  } finally {
    stderr.write('\n')
  }
}

async function askOn(output: NodeJS.WritableStream, question: string): Promise<string> {
  const reader = createInterface({ input: stdin, output, terminal: true })
  try {
    return await reader.question(question)
  } finally {
    reader.close()
  }
}
