/** Without one of these on it, a line opens and closes nothing: no fence, comment, element or command. */
const marks = ['<', '`', '~']

export interface Range {
  from: number
  to: number
}

/** Tells of one range of a text after another, in order, whether one of the marks stands in it. */
export function createMarkFinder(text: string): (range: Range) => boolean {
  const finders = marks.map((mark) => createFinder(text, mark))
  return ({ from, to }) => {
    for (const findFrom of finders) if (findFrom(from) < to) return true
    return false
  }
}

/** Finds where a mark stands at or after an offset; each offset must be at or after the one before. */
function createFinder(text: string, mark: string): (from: number) => number {
  let next = -1
  return (from) => {
    if (next >= from) return next
    const found = text.indexOf(mark, from)
    next = found === -1 ? Number.POSITIVE_INFINITY : found
    return next
  }
}

/**
 * Whether a line without any mark on it begins as running text does, so that it is no heading, quote,
 * table or definition of a link. Where that takes a closer look, it says no.
 */
export function beginsPlainly(text: string, { from, to }: Range): boolean {
  let at = from
  while (at < to && isBlank(text.charCodeAt(at))) at += 1
  return at === to || isPlain[text.charCodeAt(at)] === 1
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09
}

const isPlain = new Uint8Array(0x10000).fill(1, 0x21, 0x7f)
for (const mark of '#>|[') isPlain[mark.charCodeAt(0)] = 0
