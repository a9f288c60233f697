import { hash } from 'node:crypto'
import type { Finding, Tier } from './finding.ts'
import { isSighting, type Match, type Rule } from './rule.ts'
import { showSnippet } from './show-snippet.ts'

/** How much each weakness of its place takes from a match. Nothing is ever taken away whole. */
const weaknesses = [
  { key: 'isDefensive', confidence: 0.6 },
  { key: 'isTest', confidence: 0.7 },
  { key: 'isQuoted', confidence: 0.8 },
] as const

/** Makes the finding of a rule's match: what its place takes from it, its fingerprint and its snippet. */
export function judgeMatch(rule: Rule, match: Match): Finding {
  const { tier, confidence } = weigh(rule, match)
  return {
    ruleId: rule.id,
    tier,
    severity: tier === 'annotate' && rule.tier !== 'annotate' ? 'medium' : rule.severity,
    confidence: Math.round(confidence * 100) / 100,
    category: rule.category,
    fingerprint: fingerprint(rule.id, match.at.excerpt),
    file: match.at.file,
    line: match.at.line,
    endLine: match.at.line,
    message: match.message ?? rule.message,
    snippet: match.at.excerpt === '' ? null : showSnippet(match.at.excerpt),
    fixHint: rule.fixHint,
    source: 'static',
  }
}

function weigh(rule: Rule, { at, ...match }: Match): { tier: Tier; confidence: number } {
  let tier = match.tier ?? rule.tier
  let confidence = match.confidence ?? rule.confidence
  if (rule.isSteadfast || !isSighting(at)) return { tier, confidence }
  for (const { key, confidence: factor } of weaknesses) if (at.context[key]) confidence *= factor
  if (at.context.isDefensive || at.context.isTest) tier = weaker(tier)
  if (at.layer !== 'raw') confidence = Math.min(1, confidence * 1.15)
  return { tier, confidence }
}

function weaker(tier: Tier): Tier {
  return tier === 'block' ? 'human' : 'annotate'
}

/** The same for the same words under the same rule, whatever the file, the line or the blanks. */
export function fingerprint(ruleId: string, excerpt: string): string {
  const words = excerpt.replace(/\s+/g, ' ').trim()
  return hash('sha256', JSON.stringify([ruleId, words]))
}
