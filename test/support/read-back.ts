/** A run of bytes of a file, as it was shown in a prompt. */
export interface ReadPart {
  path: string
  start: number
  end: number
  size: number
  bytes: Uint8Array
}

/**
 * Reads a prompt the way it says it is to be read, and gives the bytes that stand in it.
 *
 * It knows nothing of the code that writes prompts; only what the model is told about them.
 */
export function readBack(user: string): ReadPart[] {
  const parts: ReadPart[] = []
  let path = ''
  let lines: string[] = []
  let layout = ''

  const finish = () => {
    if (layout) parts.push(readPart(path, layout, lines))
    layout = ''
    lines = []
  }
  for (const line of listFencedLines(user)) {
    const [, label = '', shown = ''] = line.match(/^([^¦]*)¦ (.*)$/su) ?? []
    if (label === 'file') {
      finish()
      path = unescapeText(shown)
    }
    if (label === 'part') layout = shown
    lines.push(...Array<string>(countLines(label)).fill(shown))
  }
  finish()
  return parts
}

/** How many lines a label stands for: one for `7`, three for `7-9`, none for a word. */
function countLines(label: string): number {
  const [, first, last] = label.match(/^(\d+)(?:-(\d+))?$/) ?? []
  return first ? Number(last ?? first) - Number(first) + 1 : 0
}

function readPart(path: string, layout: string, lines: readonly string[]): ReadPart {
  const [, start, end, size, encoding = '', ends] =
    layout.match(/bytes (\d+)-(\d+) of (\d+); (\S+), (\w+)$/) ?? []
  const text = lines.map((shown) => readLine(shown, ends === 'crlf' ? '\r\n' : '\n')).join('')
  const bytes = encode(text, encoding)
  return { path, start: Number(start), end: Number(end), size: Number(size), bytes }
}

/** The lines between the tags, which must be there once each and hold the same name. */
export function listFencedLines(user: string): string[] {
  const lines = user.split('\n')
  const open = lines.findIndex((line) => /^<bundle-\w+>$/.test(line))
  const close = lines.indexOf(`${lines[open]}`.replace('<', '</'))
  if (open === -1 || close < open) throw new Error('The prompt has no fence.')
  return lines.slice(open + 1, close)
}

/** Puts the parts of every file together. Throws where two parts disagree about a byte they share. */
export function joinParts(parts: readonly ReadPart[]): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  const filled = new Map<string, Uint8Array>()
  for (const { path, start, end, size, bytes } of parts) {
    if (bytes.length !== end - start)
      throw new Error(`${path}: ${start}-${end} is not what it says`)
    const file = files.get(path) ?? new Uint8Array(size)
    const seen = filled.get(path) ?? new Uint8Array(size)
    bytes.forEach((byte, index) => {
      if (seen[start + index] && file[start + index] !== byte)
        throw new Error(`${path}: disagreement`)
    })
    file.set(bytes, start)
    seen.fill(1, start, end)
    files.set(path, file)
    filled.set(path, seen)
  }
  for (const [path, seen] of filled) {
    if (seen.includes(0)) throw new Error(`${path}: byte ${seen.indexOf(0)} is nowhere`)
  }
  return files
}

function readLine(shown: string, lineBreak: string): string {
  const body = shown.replace(/^¦…¦/u, '')
  if (body.endsWith('¦…¦')) return unescapeText(body.slice(0, -3))
  if (body.endsWith('¦end¦')) return unescapeText(body.slice(0, -5))
  return unescapeText(body) + lineBreak
}

export function unescapeText(shown: string): string {
  return shown.replace(/¦([^¦]*)¦/gu, (_, items: string) =>
    [...items.matchAll(/tag"([^"]*)"|x([0-9A-F]{2})(?:\*(\d+))?|U\+([0-9A-F]+)(?:\*(\d+))?/g)]
      .map(([, tag, byte, bytes, code, codes]) => {
        if (tag !== undefined) return Array.from(tag, (letter) => shift(letter, 0xe0000)).join('')
        if (byte)
          return String.fromCharCode(0xdc00 + Number.parseInt(byte, 16)).repeat(Number(bytes ?? 1))
        return String.fromCodePoint(Number.parseInt(code ?? '', 16)).repeat(Number(codes ?? 1))
      })
      .join(''),
  )
}

function shift(letter: string, by: number): string {
  return String.fromCodePoint((letter.codePointAt(0) ?? 0) + by)
}

function encode(text: string, encoding: string): Uint8Array {
  if (encoding !== 'utf-8') {
    const bytes = Buffer.from(text, 'utf16le')
    return encoding === 'utf-16be' ? bytes.swap16() : bytes
  }
  const pieces = text.split(/([\uDC80-\uDCFF])/u)
  return Buffer.concat(
    pieces.map((piece = '', nth) =>
      nth % 2 === 1 ? Buffer.from([piece.charCodeAt(0) - 0xdc00]) : Buffer.from(piece),
    ),
  )
}
