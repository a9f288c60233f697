interface Answer {
  description?: string
  content?: Record<string, unknown>
  headers?: Record<string, unknown>
}

interface Described {
  paths?: Record<string, Record<string, { responses?: Record<string, Answer> }>>
  components?: { responses?: Record<string, Answer> }
}

/** What swagger says where a route says nothing. */
const unsaid = 'Default Response'

/** What each status of an answer means where the route says nothing more. */
const meanings: Readonly<Record<string, string>> = {
  200: 'It is done, or here it is.',
  201: 'It was made.',
  202: 'It was taken on, and is not done yet.',
  204: 'It is done, or there is nothing to tell.',
  304: 'What you have is what there is.',
}

const requestId = {
  description: 'What you sent, or one of ours: the name of the request in the log.',
  schema: { type: 'string' },
}
const retryAfter = {
  description: 'In how many seconds to come again.',
  schema: { type: 'integer' },
}

/**
 * Describes each problem once, by its status, and refers to it wherever an operation may answer with it.
 * Says of every other answer what its status means.
 */
export function describeAnswers<Document extends object>(document: Document): Document {
  const { paths = {}, components = {} } = document as Described
  const problems: Record<string, Answer> = {}
  const operations = Object.values(paths).flatMap((path) => Object.values(path))
  for (const operation of operations) {
    const answers = Object.entries(operation.responses ?? {}).map(([status, answer]) => {
      return [status, isProblem(answer) ? refer(problems, status, answer) : explain(status, answer)]
    })
    operation.responses = Object.fromEntries(answers)
  }
  components.responses = Object.fromEntries(Object.entries(problems).sort())
  return document
}

function explain(status: string, answer: Answer): Answer {
  const { description = unsaid } = answer
  return description === unsaid ? { ...answer, description: meanings[status] ?? unsaid } : answer
}

function isProblem({ content = {} }: Answer): boolean {
  return Object.keys(content).join() === 'application/problem+json'
}

function refer(problems: Record<string, Answer>, status: string, answer: Answer): { $ref: string } {
  const name = `Problem${status}`
  const isPassing = status === '429' || status === '503'
  const headers = { 'x-request-id': requestId, ...(isPassing && { 'retry-after': retryAfter }) }
  problems[name] = { ...answer, headers }
  return { $ref: `#/components/responses/${name}` }
}
