import type { Dice } from '../dice.ts'
import type { Schema } from './operations.ts'

/** Draws values by chance, but for what is known by its name. */
export interface Drawing {
  dice: Dice
  follow(schema: Schema): Schema
  /** What something of a name has to be to lead anywhere, if anything has to. */
  find(name: string): unknown
}

/** A text for each pattern that the document has. */
const texts = ['reports', 'a@example.com', '0'.repeat(64), 'EXE-001', 'https://hooks.example.com/a']

/** A value that fits a schema. */
export function drawValue(drawing: Drawing, given: Schema, name = ''): unknown {
  const known = drawing.find(name)
  if (known !== undefined) return known
  const { dice } = drawing
  const schema = drawing.follow(given)
  if (schema.const !== undefined) return schema.const
  const options = schema.enum ?? schema.anyOf ?? schema.oneOf
  if (options) return drawOption(drawing, options, name)
  const [first = 'string', ...more] = [schema.type ?? 'string'].flat()
  return draws[dice.pick([first, ...more])]?.(drawing, schema, name)
}

function drawOption(drawing: Drawing, options: readonly unknown[], name: string): unknown {
  const [first, ...more] = options
  const option = drawing.dice.pick([first, ...more])
  const isSchema = typeof option === 'object' && option !== null
  return isSchema ? drawValue(drawing, option, name) : option
}

const draws: Readonly<Record<string, (drawing: Drawing, schema: Schema, name: string) => unknown>> =
  {
    null: () => null,
    boolean: ({ dice }) => dice.chance(0.5),
    integer: drawNumber,
    number: drawNumber,
    string: drawText,
    array: (drawing, { items = {}, minItems = 0 }, name) =>
      Array.from({ length: minItems + drawing.dice.below(2) }, () =>
        drawValue(drawing, items, name),
      ),
    object: (drawing, { properties = {}, required = [] }) =>
      Object.fromEntries(
        Object.entries(properties)
          .filter(([name]) => required.includes(name) || drawing.dice.chance(0.4))
          .map(([name, schema]) => [name, drawValue(drawing, schema, name)]),
      ),
  }

function drawNumber({ dice }: Drawing, { minimum = 0, maximum = minimum + 1000 }: Schema): number {
  return minimum + dice.below(Math.min(maximum - minimum, 1000) + 1)
}

/** An id of nothing that there is. */
function drawId(dice: Dice): string {
  const digits = dice
    .below(2 ** 32)
    .toString(16)
    .padStart(8, '0')
  return `${digits}-0000-7000-8000-0000${digits}`
}

function drawText({ dice }: Drawing, schema: Schema): string {
  const { format, pattern, minLength = 0, maxLength = 100 } = schema
  if (format === 'uuid') return drawId(dice)
  if (format === 'date-time') return new Date(dice.below(2 ** 31) * 1000).toISOString()
  const fitting = texts.find((text) => pattern && new RegExp(pattern, 'u').test(text))
  if (fitting) return fitting
  const words = dice.pick(['a word', 'ключ', '../../etc', '<b>&amp;</b>', '😀', '%2e%2e%2f', "'--"])
  return words.padEnd(minLength, '.').slice(0, Math.max(minLength, Math.min(maxLength, 40)))
}

/** What fits hardly anything. */
const misfits = [null, 0, -1, 1e308, 51, '', ' ', 'x'.repeat(5_000), [], {}, true, 'a\0b'] as const

/** A value that most likely does not fit a schema, and is not far from one that does. */
export function drawMisfit(drawing: Drawing, schema: Schema): unknown {
  const { dice } = drawing
  const [first, ...more] = misfits
  const misfit = dice.pick<unknown>([first, ...more])
  const value = drawValue(drawing, schema)
  if (typeof value !== 'object' || value === null || dice.chance(0.2)) return misfit
  const names = Object.keys(drawing.follow(schema).properties ?? {})
  const name = dice.pick([names[0] ?? 'unknown', ...names, 'unknown'])
  return { ...value, [name]: dice.chance(0.3) ? undefined : misfit }
}
