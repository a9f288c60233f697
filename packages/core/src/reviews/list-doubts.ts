import type { CapabilityDelta } from '../capabilities/capabilities.ts'
import type { Finding } from '../guardrails/finding.ts'
import type { Judgement } from './merge-assessments.ts'

/** New capabilities that may want a person's eye. */
const watched = ['hooks', 'mods', 'mcp', 'bin', 'hosts', 'commands', 'tools'] as const

/** What goes to a person although the model approves. `none` stands above all others. */
export type HumanReviewReason = (typeof watched)[number] | 'flagged' | 'all' | 'none'

/** A bundle that nothing speaks against. */
export interface AcceptableBundle {
  judgement: Judgement
  /** What the static checks found in it. */
  staticFindings: readonly Finding[]
  capabilityDelta: CapabilityDelta
}

/**
 * Why a person has to look although the model approves, a sentence each: for a new capability that
 * the operator named; and while `flagged` is named, for a static finding of tier `human`, and for a
 * grave one that the model has not said a word about.
 */
export function listDoubts(
  { judgement, staticFindings, capabilityDelta }: AcceptableBundle,
  humanReviewFor: readonly HumanReviewReason[],
): string[] {
  const wants = new Set(humanReviewFor)
  if (wants.has('none')) return []
  const added = watched.filter((name) => wants.has(name) && capabilityDelta[name]?.added.length)
  const isFlagged = (found: Finding) => found.tier === 'human' || isUnanswered(found, judgement)
  const flags = wants.has('flagged') || wants.has('all') ? staticFindings.filter(isFlagged) : []
  return [
    ...(wants.has('all') ? ['Every approval is looked at by a person.'] : []),
    ...added.map((name) => `It adds ${name}.`),
    ...flags.map(({ ruleId, file }) => `${ruleId} wants a person to look at ${file ?? 'it'}.`),
  ]
}

/** Whether the static rules and the model disagree: one sees something grave, the other nothing at all. */
function isUnanswered(found: Finding, { findings }: Judgement): boolean {
  if (found.severity !== 'high' && found.severity !== 'critical') return false
  const mentions = ({ file, line }: Finding) => file === found.file && isNear(line, found.line)
  return !findings.some(mentions)
}

function isNear(line: number | null, other: number | null): boolean {
  return line === null || other === null || Math.abs(line - other) <= 10
}
