import { createTwoFilesPatch } from 'diff'

interface Side {
  path: string
  text: string
}

/** Beyond so many changed lines a patch is no help to a reader, and costs more than it tells. */
const editsMax = 8_000
const patienceMs = 500

/** A unified patch with three lines of context; `undefined` if the texts are too different for one. */
export function diffTexts(from: Side, to: Side): string | undefined {
  return createTwoFilesPatch(from.path, to.path, from.text, to.text, '', '', {
    context: 3,
    maxEditLength: editsMax,
    timeout: patienceMs,
  })
}
