import type { BundleFacts } from './evidence/bundle-facts.ts'
import type { Finding } from './finding.ts'
import type { Check } from './inspection.ts'
import { judgeMatch } from './judge-match.ts'
import { rules } from './rules.ts'

/** How many findings of one rule are shown for one file. The first ones are the reason for all of them. */
const perRuleAndFileMax = 5

/** Runs every rule over the facts: the check called `static_security`. */
export function runRules(bundle: BundleFacts): Check {
  const findings = rules.flatMap((rule) => {
    const matches = rule.find(bundle)
    return matches.length === 0 ? [] : keepDistinct(matches.map((match) => judgeMatch(rule, match)))
  })
  return { status: statusOf(findings), findings: findings.sort(byPlace) }
}

function keepDistinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>()
  const perFile = new Map<string | null, number>()
  return findings.filter(({ file, line, fingerprint }) => {
    const key = `${file}:${line ?? fingerprint}`
    const count = perFile.get(file) ?? 0
    if (seen.has(key) || count >= perRuleAndFileMax) return false
    seen.add(key)
    perFile.set(file, count + 1)
    return true
  })
}

export function statusOf(findings: readonly Finding[]): Check['status'] {
  if (findings.some(({ tier }) => tier === 'block')) return 'fail'
  return findings.length > 0 ? 'warn' : 'pass'
}

function byPlace(a: Finding, b: Finding): number {
  const file = compare(a.file ?? '', b.file ?? '')
  return file || (a.line ?? 0) - (b.line ?? 0) || compare(a.ruleId, b.ruleId)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
