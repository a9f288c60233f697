import { errorCatalog } from '@countersign/core/errors'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Answer } from '../start-service.ts'
import { type Document, follow, type Operation } from './operations.ts'

/** Says what of an answer is not as the document describes it; nothing if all of it is. */
export type Judge = (operation: Operation, answer: Answer) => string[]

/** Judges answers by a document. */
export function createJudge(document: Document): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ ...document, $id: 'api' } as object)

  const judgeJson = (operation: Operation, type: string, { status, body }: Answer) => {
    const validate = ajv.getSchema(`api#${locate(operation, status, type)}`)
    if (!validate) return ['has no schema']
    return validate(body) ? [] : [ajv.errorsText(validate.errors)]
  }

  return (operation, answer) => {
    const { status, headers } = answer
    const [type = ''] = (headers.get('content-type') ?? '').split(';')
    const flaw = findFlaw(document, operation, type, answer)
    if (flaw) return [flaw]
    return [
      ...judgeCaching(operation, answer),
      ...(type.endsWith('json') && status !== 304 ? judgeJson(operation, type, answer) : []),
      ...(type === 'application/problem+json' ? judgeProblem(answer) : []),
    ]
  }
}

/** Why an answer is none of those that an operation has, whatever stands in it. */
function findFlaw(
  document: Document,
  { responses }: Operation,
  type: string,
  { status, bytes }: Answer,
): string | undefined {
  const described = responses[status]
  if (status >= 500) return 'is a failure'
  if (!described) return 'is not listed'
  const { content } = follow(document, described)
  if (!content) return bytes.length > 0 ? 'has a body' : undefined
  return content[type] ? undefined : `is ${type || 'of no type'}`
}

/** Where in a document the schema of an answer stands, as a JSON pointer within a URI. */
function locate({ method, path, responses }: Operation, status: number, type: string): string {
  const own = `#/paths/${escapeStep(path)}/${method.toLowerCase()}/responses/${status}`
  const answer = responses[status]?.$ref ?? own
  return `${answer.slice(1)}/content/${escapeStep(type)}/schema`
}

function escapeStep(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))
}

/** What somebody is answered who showed who they are is for nobody else. */
function judgeCaching({ security }: Operation, { headers }: Answer): string[] {
  const isOpen = security?.length === 0
  const isPrivate = headers.get('cache-control')?.includes('private')
  return isOpen || isPrivate ? [] : ['may be kept by a cache for others']
}

/** What every problem owes to who reads it: a known code, and the same in the body and the head. */
function judgeProblem({ status, headers, body }: Answer): string[] {
  const expected = {
    status,
    code: body.code in errorCatalog ? body.code : 'a code of the catalog',
    type: `/problems/${body.code}`,
    request_id: headers.get('x-request-id'),
  }
  const wrong = Object.entries(expected).filter(([name, value]) => body[name] !== value)
  const isPatient = status !== 429 || headers.has('retry-after')
  return [
    ...wrong.map(([name, value]) => `${name} is ${body[name]}, not ${value}`),
    ...(isPatient ? [] : ['does not tell when to come again']),
  ]
}
