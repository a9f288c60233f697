import { parseArgs } from 'node:util'
import { CountersignError, Unreachable } from '@countersign/sdk'
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
  if (!load) {
    terminal.err(await helpText())
    return first === 'help' || first === '--help' ? exitCodes.good : exitCodes.usage
  }
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
  if (error instanceof Unreachable) {
    terminal.err(`${error.message}\n`)
    return exitCodes.unavailable
  }
  if (error instanceof CountersignError) {
    terminal.err(`${error.code}: ${inert(error.message)}\n`)
    return error.status >= 500 ? exitCodes.unavailable : exitCodes.refused
  }
  terminal.err(`${error instanceof Error ? error.message : String(error)}\n`)
  return exitCodes.refused
}

function isArgumentError(error: unknown): error is Error {
  return (
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  )
}

async function helpText(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()))
  const lines = all.map(({ usage, summary }) => `  ${usage}\n      ${summary}`)
  return `Usage: countersign COMMAND\n\n${lines.join('\n')}\n\nEvery command takes --url, --token, --json and --help.\n`
}
