import type { ParseArgsConfig } from 'node:util'

/** How long to read an input that nobody vouches for, and how much of it. */
export interface InputLimits {
  signal: AbortSignal
  mostBytes: number
}

/** What a command has of the world. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** Whether a person reads `err`: only then are progress lines written over. */
  isInteractive: boolean
  /** Asks a person. */
  ask(question: string): Promise<string>
  /** Asks a person, without showing the answer. */
  askSecret(question: string): Promise<string>
  readInput(limits?: InputLimits): Promise<string>
  env: Readonly<Record<string, string | undefined>>
  cwd: string
  signal: AbortSignal
}

/** How a command ends. CONTRACT: 0 good, 1 refused or blocked, 2 usage, 3 unavailable, 4 held. */
export const exitCodes = { good: 0, refused: 1, usage: 2, unavailable: 3, held: 4 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

type Options = NonNullable<ParseArgsConfig['options']>

/** The options that every command takes. */
export const commonOptions = {
  url: { type: 'string' },
  token: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies Options

export interface Invocation {
  values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>
  positionals: readonly string[]
}

export interface Command {
  /** `submit DIR|ZIP --type TYPE`: what `--help` shows. */
  usage: string
  summary: string
  options: Options
  run(invocation: Invocation, terminal: Terminal): Promise<ExitCode>
}

/** The command was called wrongly: the person is told how it is called. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A text option that must be there. */
export function requireText({ values }: Invocation, name: string): string {
  const value = values[name]
  if (typeof value === 'string' && value !== '') return value
  throw new UsageError(`--${name} is needed.`)
}

export function findText({ values }: Invocation, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** The one thing that a command is about. */
export function requireOne({ positionals }: Invocation, noun: string): string {
  const [first, ...rest] = positionals
  if (first !== undefined && rest.length === 0) return first
  throw new UsageError(`Exactly one ${noun} is needed.`)
}
