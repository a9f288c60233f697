import type { Message } from '@countersign/core/notices/message'

/**
 * A message as plain text of no more than so many characters. Where it is cut, it says so. What somebody
 * else wrote cannot look like a line of ours: it is set in from its second line on.
 */
export function renderText(message: Message, charsMax: number): string {
  const text = render(message)
  return text.length <= charsMax ? text : `${text.slice(0, charsMax - 2)} …`
}

/** Whether nothing of a message is cut off. */
export function fitsText(message: Message, charsMax: number): boolean {
  return render(message).length <= charsMax
}

function render({ title, facts, footing, link }: Message): string {
  const lines = [
    setIn(title),
    '',
    ...facts.map(({ label, value }) => `${label}: ${setIn(value)}`),
    ...(footing ? ['', footing] : []),
    ...(link ? [link] : []),
  ]
  return lines.join('\n')
}

function setIn(text: string): string {
  return text.replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '').replaceAll(lineBreak, '\n    ')
}

const lineBreak = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g
