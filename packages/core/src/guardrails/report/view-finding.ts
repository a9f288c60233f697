import type { Finding } from '../finding.ts'

/** A finding as it goes over the wire, with the names of the contract. */
export interface FindingView {
  rule_id: string
  tier: Finding['tier']
  severity: Finding['severity']
  confidence: number
  category: string
  fingerprint: string
  file: string | null
  line: number | null
  end_line: number | null
  message: string
  snippet: string | null
  fix_hint: string | null
  source: Finding['source']
}

export function viewFinding(finding: Finding): FindingView {
  return {
    rule_id: finding.ruleId,
    tier: finding.tier,
    severity: finding.severity,
    confidence: finding.confidence,
    category: finding.category,
    fingerprint: finding.fingerprint,
    file: finding.file,
    line: finding.line,
    end_line: finding.endLine,
    message: finding.message,
    snippet: finding.snippet,
    fix_hint: finding.fixHint,
    source: finding.source,
  }
}
