import { isUtf8 } from 'node:buffer'
import { type Document, isAlias, isScalar, parseDocument } from 'yaml'
import { readLoosely } from './read-loosely.ts'
import { type PlainField, readPlainFields } from './read-plain-fields.ts'

/** A Markdown file in parts that, put together again, are the file to the byte. */
export interface FrontMatterParts {
  /** Up to and with the line that opens the front matter. */
  opening: string
  yaml: string
  /** From the line that closes it. */
  rest: string
}

export interface FrontMatter {
  readonly fields: Readonly<Record<string, unknown>>
  /** Why it is not what YAML says it should be, or `null`. Then `fields` is what a lenient reader finds. */
  readonly parseError: string | null
  /** As written: `1.10` stays `1.10`. */
  readonly version: string | null
  /** Where the value of `name` stands in the YAML, if that is a plain value. */
  readonly namePlace: Readonly<{ start: number; end: number }> | null
}

/** Nobody writes more, and a parser's patience is not for uploaders to spend. */
const yamlBytesMax = 16 << 10

/** The text of a file, or its bytes as characters if it is no text, so that either can be put back. */
export function decodeText(bytes: Uint8Array): { text: string; encoding: 'utf8' | 'latin1' } {
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1'
  const { buffer, byteOffset, length } = bytes
  return { text: Buffer.from(buffer, byteOffset, length).toString(encoding), encoding }
}

/** Takes a Markdown file apart; `undefined` if it has no front matter, or one that never ends. */
export function splitFrontMatter(text: string): FrontMatterParts | undefined {
  const opening = /^\u{feff}?---[ \t]*\r?\n/u.exec(text)?.[0]
  if (opening === undefined) return undefined
  const closing = /(?<=\n)---[ \t]*(?=\r?\n|\r?$)/g
  closing.lastIndex = opening.length
  const end = closing.exec(text)?.index
  if (end === undefined) return undefined
  return { opening, yaml: text.slice(opening.length, end), rest: text.slice(end) }
}

/** Reads the front matter of a Markdown file. What is wrong with it is told, never thrown. */
export function parseFrontMatter(bytes: Uint8Array): FrontMatter {
  const { text, encoding } = decodeText(bytes)
  const parts = splitFrontMatter(text)
  if (!parts) return failed(/^\u{feff}?---/u.test(text) ? 'It is never closed.' : 'There is none.')
  if (encoding !== 'utf8') return failed('The file is not in UTF-8.', parts.yaml)
  return parseYaml(parts.yaml)
}

/** What was read last. A bundle's few words are asked for again and again while it is baked. */
const read = new Map<string, FrontMatter>()
const readMax = 8

/** Reads the YAML between the two lines. */
export function parseYaml(yaml: string): FrontMatter {
  if (yaml.length > yamlBytesMax) return failed(`It is longer than ${yamlBytesMax >> 10} KiB.`)
  const known = read.get(yaml) ?? parseAnew(yaml)
  read.delete(yaml)
  read.set(yaml, known)
  const [oldest] = read.keys()
  if (read.size > readMax && oldest !== undefined) read.delete(oldest)
  return known
}

function parseAnew(yaml: string): FrontMatter {
  const plain = readPlainFields(yaml)
  if (plain) return fromPlain(plain)
  try {
    const document = parseDocument(yaml, { uniqueKeys: true, prettyErrors: false })
    const [error] = document.errors
    if (error) return failed(firstLine(error.message), yaml)
    const fields: unknown = document.toJS({ maxAliasCount: 100 })
    if (!isFields(fields)) return failed('It is not a list of fields.', yaml)
    const version = ['version', 'metadata.version']
      .map((path) => document.getIn(path.split('.'), true))
      .find(isScalar)
    const namePlace = findName(document)
    return { fields, parseError: null, version: version?.source ?? null, namePlace }
  } catch (error) {
    return failed(error instanceof Error ? firstLine(error.message) : 'It cannot be read.', yaml)
  }
}

function fromPlain(plain: readonly PlainField[]): FrontMatter {
  const fields = Object.fromEntries(plain.map(({ key, value }) => [key, value]))
  const name = plain.find(({ key }) => key === 'name')
  const namePlace = name ? { start: name.start, end: name.end } : null
  return { fields, parseError: null, version: fields.version ?? null, namePlace }
}

function failed(parseError: string, yaml = ''): FrontMatter {
  const fields = readLoosely(yaml.slice(0, yamlBytesMax))
  const { version } = fields
  const told = typeof version === 'string' ? version : null
  return { fields, parseError, version: told, namePlace: null }
}

function findName(document: Document.Parsed): FrontMatter['namePlace'] {
  const value = document.get('name', true)
  const [start, end] = (isScalar(value) || isAlias(value) ? value.range : undefined) ?? []
  return start === undefined || end === undefined ? null : { start, end }
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const firstLine = (message: string) => message.split('\n', 1)[0] ?? ''
