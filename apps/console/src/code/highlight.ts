import bash from 'highlight.js/lib/languages/bash'
import ini from 'highlight.js/lib/languages/ini'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import markdown from 'highlight.js/lib/languages/markdown'
import python from 'highlight.js/lib/languages/python'
import typescript from 'highlight.js/lib/languages/typescript'
import yaml from 'highlight.js/lib/languages/yaml'
import { createLowlight } from 'lowlight'
import type { Token } from './token.ts'

/** Beyond it colours cost more than they tell. */
const charactersMax = 300_000

const lowlight = createLowlight({
  bash,
  ini,
  javascript,
  json,
  markdown,
  python,
  typescript,
  yaml,
})

const byExtension: Readonly<Record<string, string>> = {
  sh: 'bash',
  bash: 'bash',
  toml: 'ini',
  cfg: 'ini',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  json: 'json',
  md: 'markdown',
  py: 'python',
  ts: 'typescript',
  yml: 'yaml',
  yaml: 'yaml',
}

/** The lines of a text as tokens, coloured where the language is known and the text not too long. */
export function highlightLines(text: string, path: string): Token[][] {
  const language = byExtension[path.slice(path.lastIndexOf('.') + 1).toLowerCase()]
  if (!language || text.length > charactersMax) return text.split('\n').map(plain)
  const lines: Token[][] = [[]]
  walk(lowlight.highlight(language, text), undefined, lines)
  return lines
}

function plain(text: string): Token[] {
  return text === '' ? [] : [{ at: 0, text }]
}

interface Node {
  type: string
  value?: string
  properties?: { className?: unknown }
  children?: Node[]
}

function walk(node: unknown, kind: string | undefined, lines: Token[][]): void {
  const { value, properties, children } = node as Node
  if (value !== undefined) append(value, kind, lines)
  const own = Array.isArray(properties?.className) ? String(properties.className[0]) : kind
  for (const child of children ?? []) walk(child, own, lines)
}

function append(value: string, kind: string | undefined, lines: Token[][]): void {
  for (const [index, text] of value.split('\n').entries()) {
    if (index > 0) lines.push([])
    const line = lines.at(-1)
    if (!line || text === '') continue
    const last = line.at(-1)
    line.push({ at: last ? last.at + last.text.length : 0, text, ...(kind && { kind }) })
  }
}
