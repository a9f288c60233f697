/** A field of front matter that is written as plainly as can be. */
export interface PlainField {
  key: string
  value: string
  /** Where the value stands in the YAML, with its quotes. */
  start: number
  end: number
}

/** A key, and words on its line: bare ones that begin with a letter, or quoted ones without an escape. */
const line =
  /([A-Za-z][\w-]{0,60}): +(?:([A-Za-z][ -~\u00a1-\u2027\u2030-\ud7ff]*)|"([ !#-[\]-~\u00a1-\u2027\u2030-\ud7ff]*)" *|'([ -&(-~\u00a1-\u2027\u2030-\ud7ff]*)' *)(?:\n|$)/y
/** What bare words may not be: another kind of value, a field within a field, or a comment. */
const special = /^(?:null|true|false) *$|:(?: |$)| #/i

/**
 * Reads YAML that is nothing but fields of a single line of text each, as most front matter is; tells
 * `undefined` of any other, which takes a parser. What it does read, it reads as the parser does.
 */
export function readPlainFields(yaml: string): readonly PlainField[] | undefined {
  const fields = new Map<string, PlainField>()
  for (let at = 0; at < yaml.length; at = line.lastIndex) {
    line.lastIndex = at
    const field = readField(line.exec(yaml))
    if (!field || fields.has(field.key)) return undefined
    fields.set(field.key, field)
  }
  return fields.size > 0 ? [...fields.values()] : undefined
}

function readField(match: RegExpExecArray | null): PlainField | undefined {
  const [whole = '', key = '', bare, double, single] = match ?? []
  if (!match || special.test(key) || (bare !== undefined && special.test(bare))) return undefined
  const written = whole.slice(key.length + 1).trim()
  const start = match.index + whole.indexOf(written, key.length + 1)
  const value = bare === undefined ? (double ?? single ?? '') : written
  return { key, value, start, end: start + written.length }
}
