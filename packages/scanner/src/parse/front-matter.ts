import { readPlainFields } from '@countersign/bundles/manifest/read-plain-fields'
import { parseDocument } from 'yaml'

export interface FrontMatter {
  fields: Readonly<Record<string, unknown>>
  /** Why it is no valid YAML. The fields are then what could be read all the same. */
  error: string | null
  /** The text after it. */
  body: string
}

const lengthMax = 64 * 1024

/** Reads the YAML at the head of a Markdown file; `undefined` if there is none. */
export function readFrontMatter(text: string): FrontMatter | undefined {
  const match = /^\uFEFF?---[ \t]*\r?\n/.exec(text)
  if (!match) return undefined
  const close = findClose(text, match[0].length)
  if (close === undefined) return undefined
  const source = text.slice(match[0].length, close.start)
  return { ...parseFields(source), body: text.slice(close.end) }
}

function findClose(text: string, from: number): { start: number; end: number } | undefined {
  const close = /(?:^|\n)---[ \t]*(?:\r?\n|$)/g
  close.lastIndex = Math.max(0, from - 1)
  const match = close.exec(text.slice(0, from + lengthMax + 8))
  return match ? { start: match.index, end: match.index + match[0].length } : undefined
}

function parseFields(source: string): Pick<FrontMatter, 'fields' | 'error'> {
  const plain = readPlainFields(source)
  if (plain)
    return { fields: Object.fromEntries(plain.map(({ key, value }) => [key, value])), error: null }
  try {
    const document = parseDocument(source, {
      uniqueKeys: true,
      prettyErrors: false,
      logLevel: 'silent',
    })
    const fields: unknown = document.toJS({ maxAliasCount: 20 })
    if (isRecord(fields)) return { fields, error: document.errors[0]?.message ?? null }
    return {
      fields: readSloppily(source),
      error: document.errors[0]?.message ?? 'is not a mapping',
    }
  } catch (error) {
    return {
      fields: readSloppily(source),
      error: error instanceof Error ? error.message : 'cannot be parsed',
    }
  }
}

/** What a person would read in front matter that is no valid YAML: `key: the rest of the line`. */
function readSloppily(source: string): Record<string, unknown> {
  const pairs = [...source.matchAll(/^([A-Za-z][\w-]{0,40}):[ \t]*(.*)$/gm)]
  return Object.fromEntries(pairs.map(([, key, value]) => [key, value?.trim()]))
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
