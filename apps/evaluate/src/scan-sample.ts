import { basename, join } from 'node:path'
import type { Severity, Tier } from '@countersign/core/guardrails/finding'
import { guessSubject } from '@countersign/scanner/guess-subject'
import { inspectTree } from '@countersign/scanner/inspect-tree'
import { readFolder } from '@countersign/scanner/read/read-folder'
import type { Sample } from './corpus.ts'

/** A sample with what the static stage said of it. */
export interface Scored extends Sample {
  findings: { ruleId: string; tier: Tier; severity: Severity; confidence: number }[]
  bytes: number
  cpuMs: number
}

/** Runs the static stage over one bundle of the corpus, and measures the time of this thread. */
export async function scanSample(root: string, sample: Sample): Promise<Scored> {
  const { tree } = await readFolder(join(root, sample.path))
  const before = process.threadCpuUsage()
  const subject = await guessSubject(tree, basename(sample.path).replace(/^\d+-/, ''))
  const { checks } = await inspectTree(subject)
  const { user, system } = process.threadCpuUsage(before)
  return {
    ...sample,
    findings: checks.static_security.findings.map(({ ruleId, tier, severity, confidence }) => ({
      ruleId,
      tier,
      severity,
      confidence,
    })),
    bytes: tree.reduce((sum, { size }) => sum + size, 0),
    cpuMs: (user + system) / 1_000,
  }
}
