import { decodeText, parseYaml, splitFrontMatter } from './front-matter.ts'

/**
 * Puts a name into the front matter of a Markdown file and leaves every other byte as it is. Adds the
 * field where there is none, and the front matter too.
 */
export function setFrontMatterName(bytes: Uint8Array, name: string): Uint8Array {
  const { text, encoding } = decodeText(bytes)
  const parts = splitFrontMatter(text)
  if (!parts) return Buffer.concat([Buffer.from(`---\nname: ${name}\n---\n\n`), bytes])
  const { opening, yaml, rest } = parts
  return Buffer.from(opening + setName(yaml, name, opening.endsWith('\r\n')) + rest, encoding)
}

/**
 * Edits lines until YAML can tell where the name is, or nothing changes: an edit may mend what kept YAML
 * from being read, and then more of it is the name. So whoever edits the result again, under any name,
 * touches the name alone.
 */
function setName(yaml: string, name: string, isWindows: boolean): string {
  const replaced = replaceScalar(yaml, name)
  if (replaced !== undefined) return replaced
  const edited =
    replaceLines(yaml, name) ??
    `${findIndent(yaml)}name: ${name}${isWindows ? '\r\n' : '\n'}${yaml}`
  return edited === yaml ? yaml : setName(edited, name, isWindows)
}

/** What the fields are indented by: mostly nothing. */
function findIndent(yaml: string): string {
  return /^(?:[ \t]*(?:#[^\n]*|\r)?\n)*([ \t]*)/.exec(yaml)?.[1] ?? ''
}

/** Replaces the value where YAML says it is, if it is YAML still and says the new name. */
function replaceScalar(yaml: string, name: string): string | undefined {
  const place = parseYaml(yaml).namePlace
  if (!place) return undefined
  const { start, end } = place
  // The value of a block scalar reaches over the line break behind it, which has to stay.
  const blank = yaml.slice(start, end).match(/\s*$/)?.[0] ?? ''
  const edited = `${yaml.slice(0, start)}${name}${blank}${yaml.slice(end)}`
  const after = parseYaml(edited)
  return after.parseError === null && after.fields.name === name ? edited : undefined
}

/** Replaces every line that looks like the field, with the lines indented below it that continue it. */
function replaceLines(yaml: string, name: string): string | undefined {
  const indent = findIndent(yaml)
  const key = `(?<![^\\n])${indent}(["']?)name\\1[ \\t]*:(?:[ \\t][^\\r\\n]*|(?=[\\r\\n]|$))`
  const field = new RegExp(`${key}(?:\\r?\\n${indent}[ \\t]+[^\\s#][^\\r\\n]*)*`, 'g')
  return field.test(yaml) ? yaml.replaceAll(field, `${indent}name: ${name}`) : undefined
}
