import { decisionTexts, type FindingView, type ReasonBody } from '@countersign/sdk'
import { worstFirst } from '../wording/findings.ts'

export type ReasonCode = NonNullable<ReasonBody['reason_code']>

/** A reason in words, and what kind of reason it is, if it is one of the known ones. */
export interface GivenReason {
  text: string
  code: ReasonCode | undefined
}

/** The decisions that a reason with a code can be given for. */
export type Reasoned = keyof typeof decisionTexts

/** The kinds of reason for a decision, each with the words that a list shows for it. */
export function reasonOptions(key: Reasoned): [code: ReasonCode, words: string][] {
  const codes = Object.keys(decisionTexts[key]) as ReasonCode[]
  return codes.map((code) => [code, wordsOfReason(code)])
}

/** A code as words: `poor_quality` is “Poor quality”. */
export function wordsOfReason(code: ReasonCode): string {
  const words = code.replaceAll('_', ' ')
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

const listedMax = 10

/**
 * What a kind of reason says by itself, to be changed by whoever decides. To the submitter it also
 * lists the places that stopped it; of poor quality, everything that was noticed.
 */
export function draftReason(
  key: Reasoned,
  code: ReasonCode,
  findings: readonly FindingView[],
): string {
  const texts: Partial<Record<ReasonCode, string>> = decisionTexts[key]
  const isTold = ({ suppressed_by: by, file, tier }: FindingView) =>
    by === null && file !== null && (tier !== 'annotate' || code === 'poor_quality')
  const places = key === 'reject' ? worstFirst(findings.filter(isTold)) : []
  const rest = places.length - listedMax
  return [
    texts[code],
    ...places.slice(0, listedMax).map(tellFinding),
    ...(rest > 0 ? [`- and ${rest} more`] : []),
  ].join('\n')
}

function tellFinding({ file, line, message }: FindingView): string {
  return `- ${file}${line === null ? '' : `:${line}`}: ${message}`
}
