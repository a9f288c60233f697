import { homedir } from 'node:os'
import { resolve } from 'node:path'
import type { HookInput } from './hook-input.ts'

/** A word of a shell, with all its quotes and escapes. */
const shellWord = /(?:[^\s'"`;|&<>()=\\]|\\[\s\S]|"(?:[^"\\]|\\[\s\S])*"|'[^']*')+/g

/**
 * Every place where a file may lie that a call names, by its full path.
 *
 * One after the other, as a command can be made to name more than would ever fit into memory: whoever
 * looks for too long is out of time, and says no.
 */
export function* listOperands({ input, cwd }: HookInput): Generator<string> {
  const command = typeof input.command === 'string' ? input.command : ''
  const values = Object.values(input).filter((value) => typeof value === 'string' && value !== '')
  const words = (command.match(shellWord) ?? []).map(unquote)
  const names = new Set([...values, ...words, ...listPieces(command)].map(String).map(expandHome))
  for (const folder of listFolders(command, words, cwd)) {
    for (const name of names) yield resolve(folder, name)
  }
}

/** What stands between blanks, signs and quotes, also inside of a command that is quoted for another shell. */
function listPieces(command: string): string[] {
  const quoted = command.matchAll(/"([^"]+)"|'([^']+)'/g).map(([, one, other]) => one ?? other)
  return [...command.split(/[\s'"`;|&<>()=]+/), ...quoted].flatMap((piece) => piece || [])
}

/** The folder of the call, and those that its command changes to, from there and from one another. */
function listFolders(command: string, words: readonly string[], cwd: string): Set<string> {
  const changes = command.matchAll(/\b(?:cd|pushd)\s+["']?([^\s"';&|]+)/g).map(([, to]) => to ?? '')
  const wordsAfter = words.flatMap((word, at) =>
    word === 'cd' || word === 'pushd' ? (words.slice(at + 1, at + 4).find(isNoOption) ?? []) : [],
  )
  const folders = new Set([cwd])
  for (const changed of [changes, wordsAfter]) {
    let reached = cwd
    for (const folder of [...changed].map(expandHome)) {
      reached = resolve(reached, folder)
      folders.add(reached).add(resolve(cwd, folder))
    }
  }
  return folders
}

function isNoOption(word: string): boolean {
  return !word.startsWith('-')
}

function unquote(word: string): string {
  return word.replaceAll(/\\([\s\S])|["']/g, '$1')
}

function expandHome(path: string): string {
  return path.replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/|$)/, homedir())
}
