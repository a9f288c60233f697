import type { Capabilities } from '@countersign/core/capabilities/capabilities'
import { parser } from '@lezer/javascript'

type Mod = Capabilities['mods'][number]

const typescript = parser.configure({ dialect: 'ts' })
const bytesMax = 256 * 1024

export interface ReadMod {
  mod: Mod
  /** Calls whose name is only known when they run: nobody can say what they do. */
  unread: string[]
}

/**
 * Lists what a module asks of Claude Code: every `$.area.call`, and every event that it listens to.
 *
 * `$[name]`, or `$` handed to something else, cannot be followed and is told as unread.
 */
export function readMod(module: string, text: string): ReadMod {
  if (text.length > bytesMax)
    return { mod: { module, calls: [], events: [] }, unread: ['is too large to follow'] }
  const seen: Seen = { calls: new Set(), events: new Set(), unread: new Set() }
  const cursor = typescript.parse(text).cursor()
  do readNode(cursor.name, text.slice(cursor.from, Math.min(cursor.to, cursor.from + 400)), seen)
  while (cursor.next())
  return {
    mod: { module, calls: [...seen.calls].sort(), events: [...seen.events].sort() },
    unread: [...seen.unread].sort(),
  }
}

interface Seen {
  calls: Set<string>
  events: Set<string>
  unread: Set<string>
}

function readNode(name: string, source: string, seen: Seen): void {
  if (name === '⚠') seen.unread.add('holds a syntax error')
  if (name === 'MemberExpression') readMember(source, seen)
  if (name === 'CallExpression') readListener(source, seen.events)
  if (name === 'ArgList' && /[(,]\s*\$\s*[,)]/.test(source))
    seen.unread.add('hands `$` to other code')
  if (name === 'VariableDeclaration' && /=\s*\$\s*(?:[;\n]|$)/.test(source))
    seen.unread.add('gives `$` another name')
}

function readMember(source: string, { calls, unread }: Seen): void {
  const computed = /^\$\s*(?:\??\.\s*[\w$]+\s*)*(?:\?\.)?\[\s*(?!["'`]\w+["'`]\s*\])/.test(source)
  if (computed) unread.add(`computes the name of a call: ${source.slice(0, 60)}`)
  const named = /^\$((?:\s*\??\.\s*[A-Za-z_]\w*|\[\s*["'`]\w+["'`]\s*\])+)$/.exec(source)?.[1]
  if (named) calls.add(`$${named.replace(/\s|\?/g, '').replace(/\[["'`](\w+)["'`]\]/g, '.$1')}`)
}

function readListener(source: string, events: Set<string>): void {
  const event = /\.(?:on|hook|register|subscribe)\(\s*["'`]([a-z]+\.[a-z_.]+)["'`]/i.exec(
    source,
  )?.[1]
  if (event) events.add(event)
}
