import type { Finding, Severity } from '../finding.ts'
import { rules } from '../rules.ts'

/** What was found in one bundle, and where the bundle lies. */
export interface Scanned {
  /** Put before the paths of the findings; empty for a bundle that is not on a disk. */
  root: string
  findings: readonly Finding[]
}

const levels: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
}

/** How code-scanning viewers rank a severity: from 0 to 10. */
const ranks: Record<Severity, string> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '1.0',
}

/** Builds a SARIF 2.1.0 log of the findings, with the cards of the rules that made them. */
export function buildSarif(scanned: readonly Scanned[], version: string) {
  const ids = [...new Set(scanned.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId)))]
  const known = ids.sort().map(describeRule)
  const index = new Map(known.map(({ id }, position) => [id, position]))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0' as const,
    runs: [
      {
        tool: {
          driver: { name: 'Countersign', semanticVersion: '0.1.0', version, rules: known },
        },
        columnKind: 'utf16CodeUnits' as const,
        results: scanned.flatMap(({ root, findings }) =>
          findings.map((finding) => describeResult(finding, { root, index })),
        ),
      },
    ],
  }
}

function describeRule(id: string) {
  const card = rules.find((rule) => rule.id === id)
  if (!card) return { id }
  return {
    id,
    name: card.category,
    shortDescription: { text: card.title },
    fullDescription: { text: card.message },
    help: { text: card.fixHint },
    defaultConfiguration: { level: levels[card.severity] },
    properties: {
      tags: ['security', card.category],
      precision: card.confidence >= 0.85 ? 'very-high' : card.confidence >= 0.6 ? 'high' : 'medium',
      'security-severity': ranks[card.severity],
      tier: card.tier,
    },
  }
}

function describeResult(
  finding: Finding,
  { root, index }: { root: string; index: ReadonlyMap<string, number> },
) {
  const { file, line, endLine, snippet } = finding
  const uri = encodePath([root, file].filter(Boolean).join('/'))
  const region =
    line === null
      ? {}
      : {
          region: {
            startLine: line,
            endLine: endLine ?? line,
            ...(snippet ? { snippet: { text: snippet } } : {}),
          },
        }
  return {
    ruleId: finding.ruleId,
    ruleIndex: index.get(finding.ruleId) ?? -1,
    level: levels[finding.severity],
    message: { text: [finding.message, finding.fixHint].filter(Boolean).join(' ') },
    ...(uri ? { locations: [{ physicalLocation: { artifactLocation: { uri }, ...region } }] } : {}),
    partialFingerprints: { 'countersign/v1': finding.fingerprint },
    properties: { tier: finding.tier, confidence: finding.confidence, source: finding.source },
  }
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
