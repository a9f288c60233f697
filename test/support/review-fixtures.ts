import { createHash } from 'node:crypto'
import type { Capabilities } from '@countersign/core/capabilities/capabilities'
import type { Finding } from '@countersign/core/guardrails/finding'
import type { Assessment } from '@countersign/core/reviews/assessment'
import { type PreparedReview, prepareReview } from '@countersign/core/reviews/prepare-review'
import type { BundleFacts } from '@countersign/core/reviews/prompt/bundle-facts'

type Content = string | Uint8Array

export const noCapabilities: Capabilities = {
  hooks: [],
  mods: [],
  mcp: [],
  hosts: [],
  commands: [],
  tools: [],
  bin: [],
  env: [],
  dependencies: [],
  unread: [],
}

export function someFacts(overrides: Partial<BundleFacts> = {}): BundleFacts {
  return {
    type: 'skill',
    name: 'tide-tables',
    description: 'Tells when the tide is high at a given harbour, from public tables.',
    files: [],
    capabilities: noCapabilities,
    capabilityDelta: {},
    hints: [],
    ...overrides,
  }
}

/** The review of a bundle with these files, ready to be asked. */
export function prepare(
  files: Record<string, Content>,
  overrides: Partial<Parameters<typeof prepareReview>[0]> = {},
): Promise<PreparedReview> {
  const textFiles = Object.entries(files).map(([path, content]) => {
    const bytes = Buffer.from(content)
    return { path, size: bytes.length, read: async () => new Uint8Array(bytes) }
  })
  return prepareReview({
    facts: someFacts({
      files: textFiles.map(({ path, size }) => ({ path, size, kind: 'text' })),
    }),
    textFiles,
    unaccounted: [],
    bytesMax: 2 * 1024 * 1024,
    promptTokensMax: 95_000,
    ...overrides,
  })
}

export function anAssessment(overrides: Partial<Assessment> = {}): Assessment {
  return {
    risk_level: 'safe',
    summary: 'Does what it says and nothing else.',
    findings: [],
    content_quality: { verdict: 'pass', issues: [] },
    ...overrides,
  }
}

export function aFinding(overrides: Partial<Finding> = {}): Finding {
  const ruleId = overrides.ruleId ?? 'EXE-001'
  return {
    ruleId,
    tier: 'annotate',
    severity: 'medium',
    confidence: 0.8,
    category: 'exec',
    fingerprint: createHash('sha256').update(ruleId).digest('hex'),
    file: 'SKILL.md',
    line: 3,
    endLine: 3,
    message: 'Runs what it downloads.',
    snippet: 'curl … | sh',
    fixHint: null,
    source: 'static',
    ...overrides,
  }
}
