import { z } from 'zod'
import { cleanWords } from '../../reviews/text/clean-words.ts'
import { readJson } from '../../reviews/text/read-json.ts'
import { ActionAssessment, rationaleCharsMax } from './approval-review.ts'

const Receipted = ActionAssessment.extend({ receipt: z.string() })

/**
 * Reads an answer about an action: its text, or the input of a tool call. Gives the assessment, or says
 * why it is none. Without the receipt of its prompt it may be anybody's words.
 */
export function parseActionAnswer(
  given: string | object,
  receipt: string,
): { assessment: ActionAssessment } | { problem: string } {
  const value = typeof given === 'string' ? readJson(given) : given
  const parsed = Receipted.safeParse(value)
  if (!parsed.success) return { problem: 'The answer does not fit its schema.' }
  const { receipt: returned, ...assessment } = parsed.data
  if (returned !== receipt)
    return { problem: 'The answer does not carry the receipt of its prompt.' }
  const rationale = cleanWords(assessment.rationale, rationaleCharsMax)
  return { assessment: { ...assessment, rationale } }
}
