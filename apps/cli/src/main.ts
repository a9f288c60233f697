import { parseArgs } from 'node:util'
import { ServiceError } from '@countersign/core/errors'
import { CountersignError } from '@countersign/sdk'
import { type Command, commonOptions, type ExitCode, exitCodes, UsageError } from './command.ts'
import { commands } from './commands.ts'
import { createTerminal } from './create-terminal.ts'
import { inert } from './print.ts'

const terminal = createTerminal()
// Whatever reads our exit code, a hook above all, must not take a crash for a yes.
process.once('uncaughtException', (error) => {
  terminal.err(`${error.message}\n`)
  process.exit(exitCodes.usage)
})
process.exitCode = await run(process.argv.slice(2))
// An input that never ends would keep us here.
process.stdin.destroy()

/** Finds the command by its first word, or its first two, and runs it. */
async function run(args: readonly string[]): Promise<ExitCode> {
  const [first = 'help', second = ''] = args
  const load = commands[`${first} ${second}`] ?? commands[first]
  if (!load) return help(asksForHelp(first) || (isGroup(first) && asksForHelp(second)))
  const command = await load()
  const rest = args.slice(commands[`${first} ${second}`] ? 2 : 1)
  try {
    return await invoke(command, rest)
  } catch (error) {
    return explain(command, error)
  }
}

async function invoke(command: Command, args: readonly string[]): Promise<ExitCode> {
  const options = { ...commonOptions, ...command.options }
  const { values, positionals } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: true,
  })
  if (values.help) {
    terminal.out(`countersign ${command.usage}\n\n${command.summary}\n`)
    return exitCodes.good
  }
  return command.run({ values, positionals }, terminal)
}

/** Tells a person what went wrong and what to do; never a stack trace. */
function explain(command: Command, error: unknown): ExitCode {
  if (error instanceof UsageError || isArgumentError(error)) {
    terminal.err(`${error.message}\n\nUsage: countersign ${command.usage}\n`)
    return exitCodes.usage
  }
  if (error instanceof CountersignError || error instanceof ServiceError) {
    terminal.err(`${error.code}: ${inert(error.message)}\n`)
    return exitCodeOfRefusal(error)
  }
  terminal.err(`${error instanceof Error ? error.message : String(error)}\n`)
  // A script takes 1 for an answer, and a failure of ours is none.
  return exitCodes.unavailable
}

function exitCodeOfRefusal(error: CountersignError | ServiceError): ExitCode {
  const status = error instanceof CountersignError ? error.status : 422
  if (status === 401) return exitCodes.usage
  return status === 429 || status >= 500 ? exitCodes.unavailable : exitCodes.refused
}

function isArgumentError(error: unknown): error is Error {
  return (
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  )
}

function asksForHelp(word: string): boolean {
  return ['help', '--help', '-h'].includes(word)
}

/** Whether a word is the first of several commands, and of none by itself. */
function isGroup(word: string): boolean {
  return Object.keys(commands).some((name) => name.startsWith(`${word} `))
}

async function help(wasAskedFor: boolean): Promise<ExitCode> {
  terminal[wasAskedFor ? 'out' : 'err'](await helpText())
  return wasAskedFor ? exitCodes.good : exitCodes.usage
}

async function helpText(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()))
  const lines = all.map(({ usage, summary }) => `  ${usage}\n      ${summary}`)
  return `Usage: countersign COMMAND\n\n${lines.join('\n')}\n\nEvery command takes --url, --token, --json and --help.\n`
}
