import { z } from 'zod'
import { Assessment } from './assessment.ts'
import { readJson } from './text/read-json.ts'

/**
 * Reads an answer: the text of one, or the input of a tool call. Gives the assessment, or says why
 * it is none.
 *
 * An answer without the receipt of its prompt may be an answer to another one, or words that a bundle
 * put into the model's mouth, so it counts for nothing however sound it looks.
 */
export function parseAnswer(
  given: string | object,
  receipt: string,
): { assessment: Assessment } | { problem: string } {
  const value = typeof given === 'string' ? readJson(given) : given
  if (value === undefined) return { problem: 'The answer is not JSON.' }
  const parsed = Receipted.safeParse(value)
  if (!parsed.success) {
    return { problem: `The answer does not fit its schema: ${describe(parsed.error)}` }
  }
  const { receipt: returned, ...assessment } = parsed.data
  return returned === receipt
    ? { assessment }
    : { problem: 'The answer does not carry the receipt of its prompt.' }
}

const Receipted = Assessment.extend({ receipt: z.string() })

function describe(error: z.ZodError): string {
  const [first, ...others] = error.issues.map(
    ({ path, message }) => `${path.join('.') || 'answer'}: ${message}`,
  )
  return others.length > 0 ? `${first}, and ${others.length} more` : `${first}`
}
