/**
 * Reads front matter that is no YAML as its author meant it: a field a line, whatever is in its value,
 * and indented lines as the rest of the value above them. The first of two equal names counts.
 *
 * @example
 * readLoosely('description: Use when: it rains') // { description: 'Use when: it rains' }
 */
export function readLoosely(text: string): Record<string, unknown> {
  const fields = new Map<string, string[]>()
  let current: string[] | undefined
  for (const line of text.split(/\r?\n/)) {
    const field = /^(?<name>[A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(?<value>.*))?$/.exec(line)?.groups
    if (field?.name) {
      current = [field.value ?? '']
      if (!fields.has(field.name)) fields.set(field.name, current)
    } else if (/^[ \t-]/.test(line)) {
      current?.push(line.trim())
    }
  }
  return Object.fromEntries([...fields].map(([name, lines]) => [name, readValue(lines)]))
}

function readValue([first = '', ...more]: readonly string[]): string | string[] {
  const value = first.trim()
  if (value === '' && more.length > 0 && more.every((line) => line.startsWith('- '))) {
    return more.map((line) => unquote(line.slice(2).trim()))
  }
  if (/^[|>][+-]?$/.test(value)) return more.join(value.startsWith('|') ? '\n' : ' ').trim()
  return unquote([value, ...more].join(' ').trim())
}

function unquote(value: string): string {
  const quoted = /^(?<quote>["'])(?<inner>.*)\k<quote>$/s.exec(value)
  return quoted?.groups?.inner ?? value
}
