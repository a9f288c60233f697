import type { Finding } from '@countersign/core/guardrails/finding'
import type { Scored } from './scan-sample.ts'

type Brief = Pick<Finding, 'tier' | 'severity' | 'confidence' | 'ruleId'>

/** One way to read the findings of a bundle as a yes or no, and the goal that stands for it. */
export interface OperatingPoint {
  name: string
  isHit(finding: Brief): boolean
  falsePositivesMax: number
  recallMin: number
}

const annotated = new Set(['medium', 'high', 'critical'])

/** From the strictest to the widest; each holds what the one before it holds. */
export const operatingPoints: readonly OperatingPoint[] = [
  { name: 'block', falsePositivesMax: 1, recallMin: 30, isHit: ({ tier }) => tier === 'block' },
  {
    name: 'block, or human with confidence ≥ 0.7',
    falsePositivesMax: 2,
    recallMin: 45,
    isHit: ({ tier, confidence }) => tier === 'block' || (tier === 'human' && confidence >= 0.7),
  },
  {
    name: 'block or human',
    falsePositivesMax: 5,
    recallMin: 65,
    isHit: ({ tier }) => tier === 'block' || tier === 'human',
  },
  {
    name: 'any finding from medium up',
    falsePositivesMax: 10,
    recallMin: 80,
    isHit: ({ severity }) => annotated.has(severity),
  },
]

/** The share of samples with a hit, in percent. */
export function rate(samples: readonly Scored[], { isHit }: Pick<OperatingPoint, 'isHit'>): number {
  const hits = samples.filter(({ findings }) => findings.some(isHit)).length
  return samples.length === 0 ? 0 : (100 * hits) / samples.length
}

/**
 * Sources that nobody looks into while rules are tuned. What is found there is what is to be expected
 * of bundles that nobody has seen.
 */
export const heldOutSources: ReadonlySet<string> = new Set([
  'skillscan-fixtures',
  'skill-inject',
  'atr',
  'scanner-fixtures',
  'awesome-copilot',
  'wshobson',
  'skillject-clean',
  'anthropic-skills',
  'composio',
])

export function isHeldOut({ source }: Pick<Scored, 'source'>): boolean {
  return heldOutSources.has(source)
}

const styleSources = new Set(['skillfortify', 'skillscan', 'atr'])
const securityWords =
  /security|pentest|vulnerab|owasp|threat|exploit|malware|secret|credential|audit|forensic|injection|hardening|incident|red-?team|sast|siem|waf|csrf|xss|ssrf|auth/i

/** The groups of the corpus that the goals speak of. */
export function groupSamples(samples: readonly Scored[]) {
  const benign = samples.filter(({ label }) => label === 'benign')
  const malicious = samples.filter(({ label }) => label === 'malicious')
  return {
    core: malicious.filter(({ tier }) => tier !== 'semantic'),
    semantic: malicious.filter(({ tier }) => tier === 'semantic'),
    lures: malicious.filter(({ attackClass }) => attackClass === 'malware_delivery'),
    benign: benign.filter(({ source }) => source !== 'plugins'),
    plugins: benign.filter(({ kind }) => kind === 'plugin'),
    style: benign.filter(({ source, tier }) => styleSources.has(source) && tier !== 'wild'),
    security: benign.filter(
      ({ path, source }) =>
        source !== 'plugins' && securityWords.test(path.split('/').at(-1) ?? ''),
    ),
    dualuse: samples.filter(({ label }) => label === 'dualuse'),
  }
}
