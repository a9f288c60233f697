const commandsMax = 500
const commandLengthMax = 4_000

/**
 * Lists the commands that run before the model sees a text: `` !`cmd` `` and fenced blocks marked with
 * `!`. Reads each line once.
 */
export function listInjected(text: string): string[] {
  if (!text.includes('!`') && !text.includes('```!')) return []
  const reading: Reading = { commands: [], block: undefined }
  for (const line of linesOf(text)) {
    readLine(reading, line)
    if (reading.commands.length >= commandsMax) break
  }
  closeBlock(reading)
  return reading.commands.filter(Boolean)
}

interface Reading {
  commands: string[]
  /** The lines of the block that is open, if it is one that runs. */
  block: string[] | undefined
}

function readLine(reading: Reading, line: string): void {
  const isFence = /^[ \t]{0,40}```/.test(line)
  if (reading.block) {
    if (isFence) closeBlock(reading)
    else reading.block.push(line)
  } else if (isFence) reading.block = line.trimStart().startsWith('```!') ? [] : undefined
  else reading.commands.push(...inlineIn(line))
}

function closeBlock(reading: Reading): void {
  if (reading.block)
    reading.commands.push(reading.block.join('\n').slice(0, commandLengthMax).trim())
  reading.block = undefined
}

function inlineIn(line: string): string[] {
  if (!line.includes('!`')) return []
  const found = line.slice(0, commandLengthMax).matchAll(/(?:^|\s)!`([^`]{1,400})`/g)
  return [...found].map(([, command]) => command ?? '')
}

function* linesOf(text: string): Generator<string> {
  let from = 0
  for (let to = text.indexOf('\n'); to !== -1; to = text.indexOf('\n', from)) {
    yield text.slice(from, to)
    from = to + 1
  }
  yield text.slice(from)
}
