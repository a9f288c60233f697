import { aSkill, zip } from '../bundles.ts'
import type { SendOptions } from '../start-service.ts'
import { type Drawing, drawMisfit, drawValue } from './draw-value.ts'
import type { Operation, Parameter } from './operations.ts'

export interface DrawnRequest {
  method: string
  path: string
  options: SendOptions
}

/** Draws a request for an operation: one that fits its schemas, or one that most likely does not. */
export async function drawRequest(
  drawing: Drawing,
  operation: Operation,
  isFitting: boolean,
): Promise<DrawnRequest> {
  const { method, parameters, requestBody } = operation
  const draw = ({ name, schema }: Parameter) =>
    isFitting || drawing.dice.chance(0.5)
      ? drawValue(drawing, schema, name)
      : drawMisfit(drawing, schema)
  const of = (place: Parameter['in']) =>
    parameters
      .filter((parameter) => parameter.in === place)
      .filter(({ required = false }) => required || drawing.dice.chance(0.3))
      .map((parameter) => [parameter.name, asText(draw(parameter))] as const)

  const inPath = new Map(of('path'))
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(inPath.get(name) ?? ''),
  )
  const query = new URLSearchParams(
    of('query').map(([name, value]): [string, string] => [name, value]),
  )
  const headers = Object.fromEntries(
    of('header').filter(([, value]) => /^[\x20-\x7e]*$/.test(value)),
  )
  const body = requestBody ? await drawBody(drawing, requestBody.content, isFitting) : {}
  return {
    method,
    path: `${path}?${query}`,
    options: { ...body, headers: { ...headers, ...body.headers } },
  }
}

/** Longer than anything may be, and no longer than what the router takes for a part of a path. */
const textMax = 600

function asText(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.toWellFormed().slice(0, textMax)
}

async function drawBody(
  drawing: Drawing,
  content: NonNullable<Operation['requestBody']>['content'],
  isFitting: boolean,
): Promise<SendOptions> {
  const { dice } = drawing
  const [first, ...more] = Object.entries(content)
  if (!first) return {}
  const [type, { schema }] = dice.pick([first, ...more])
  const value = isFitting ? drawValue(drawing, schema) : drawMisfit(drawing, schema)
  if (!isFitting && dice.chance(0.2)) {
    return { raw: '{"a": ', headers: { 'content-type': dice.pick([type, 'text/plain']) } }
  }
  if (type === 'application/json') return { json: value }
  const fields = Object.entries((value ?? {}) as object).map(
    ([name, field]) => [name, asText(field)] as const,
  )
  if (type !== 'multipart/form-data') {
    return {
      raw: String(new URLSearchParams(Object.fromEntries(fields))),
      headers: { 'content-type': type },
    }
  }
  const file = isFitting
    ? await zip(aSkill({ name: `skill-${dice.below(2 ** 32)}` }))
    : Uint8Array.of(80)
  const form = Object.fromEntries(fields)
  return { form: { ...form, file: { bytes: file, fileName: 'bundle.zip' } } }
}
