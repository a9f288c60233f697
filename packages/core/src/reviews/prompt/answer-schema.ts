import { Severity } from '../../guardrails/finding.ts'
import { RiskLevel } from '../assessment.ts'

/** The words that the model is given for what it finds. Others are understood too. */
export const findingCategories = [
  'malware_delivery',
  'remote_execution',
  'obfuscation',
  'credential_access',
  'data_exfiltration',
  'prompt_injection',
  'concealment',
  'persistence',
  'privilege',
  'destructive',
  'social_engineering',
  'supply_chain',
  'misrepresentation',
  'hidden_content',
  'hardcoded_secret',
  'other',
] as const

/**
 * The JSON Schema of the answer to one prompt.
 *
 * Evidence comes before the verdict that rests on it, because the model writes in this order.
 */
export function answerSchema(receipt: string): Record<string, unknown> {
  return object({
    receipt: { type: 'string', const: receipt },
    findings: listOf({
      file: { type: 'string', description: 'The path as shown, or "" for the bundle as a whole.' },
      line: optional('integer', 'The number that stands before the line.'),
      category: { type: 'string', enum: findingCategories },
      explanation: { type: 'string', description: 'What it does, to whom, and how you know.' },
      fix_hint: optional('string', 'What its author could do about it.'),
      severity: { type: 'string', enum: Severity.options },
    }),
    content_quality: object({
      issues: listOf({
        file: { type: 'string' },
        field: { type: 'string', description: 'For example description, body, name.' },
        issue: { type: 'string' },
        hint: { type: 'string', description: 'What its author could do about it.' },
      }),
      verdict: { type: 'string', enum: ['pass', 'fail'] },
    }),
    template_placeholders_found: { type: 'boolean' },
    summary: {
      type: 'string',
      description: 'What the bundle does, and why it got its risk level.',
    },
    risk_level: { type: 'string', enum: RiskLevel.options },
  })
}

function object(properties: Record<string, unknown>): Record<string, unknown> {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  }
}

function listOf(properties: Record<string, unknown>): Record<string, unknown> {
  return { type: 'array', items: object(properties) }
}

function optional(type: string, description: string): Record<string, unknown> {
  return { anyOf: [{ type }, { type: 'null' }], description }
}
