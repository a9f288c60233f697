/** As much of a JSON Schema as our document uses. */
export interface Schema {
  $ref?: string
  type?: string | readonly string[]
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  items?: Schema
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: Schema
}

interface Answer {
  $ref?: string
  content?: Readonly<Record<string, { schema?: Schema }>>
}

interface Described {
  /** Empty where no token is needed. */
  security?: readonly unknown[]
  parameters?: readonly Parameter[]
  requestBody?: { content: Readonly<Record<string, { schema: Schema }>> }
  responses: Readonly<Record<string, Answer>>
}

/** An OpenAPI document, as the server gives it. */
export interface Document {
  paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  components: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export interface Operation extends Described {
  method: string
  path: string
  parameters: readonly Parameter[]
}

/** A line on which things are told as they happen; nobody can wait for the end of it. */
const endless = '/api/events'

/** Every operation that has an end; those that end something come last, so that others find it. */
export function listOperations({ paths }: Document): Operation[] {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      parameters: [],
      ...described,
      method: method.toUpperCase(),
      path,
    })),
  )
  const endsSomething = ({ method, path }: Operation) =>
    path.endsWith('/logout') ? 2 : method === 'DELETE' ? 1 : 0
  return operations
    .filter(({ path }) => path !== endless)
    .toSorted((one, other) => endsSomething(one) - endsSomething(other))
}

/** What a reference within a document leads to. */
export function follow<Part extends { $ref?: string }>(document: Document, part: Part): Part {
  if (!part.$ref) return part
  const steps = part.$ref.slice('#/'.length).split('/')
  const found = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], document)
  return follow(document, found as Part)
}
