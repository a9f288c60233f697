import type { Message } from '@countersign/core/notices/message'

/** A message as plain text of no more than so many characters. Where it is cut, it says so. */
export function renderText(message: Message, charsMax: number): string {
  const { title, facts, footing, link } = message
  const lines = [
    title,
    '',
    ...facts.map(({ label, value }) => `${label}: ${value}`),
    ...(footing ? ['', footing] : []),
    ...(link ? [link] : []),
  ]
  const text = lines.join('\n')
  return text.length <= charsMax ? text : `${text.slice(0, charsMax - 2)} …`
}
