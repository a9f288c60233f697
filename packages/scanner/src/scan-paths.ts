import { basename, resolve } from 'node:path'
import type { Capabilities } from '@countersign/core/capabilities/capabilities'
import type { Finding } from '@countersign/core/guardrails/finding'
import type { Checks } from '@countersign/core/guardrails/inspection'
import { guessSubject } from './guess-subject.ts'
import { inspectTree } from './inspect-tree.ts'
import { readFolder } from './read/read-folder.ts'

/** What a scan says of one path. */
export interface ScanResult {
  path: string
  /** What acts against the user, or may: the check called `static_security`. */
  findings: Finding[]
  checks: Checks
  capabilities: Capabilities
  policyVersion: string
  /** What was found and could not be read, with the reason. */
  leftOut: { path: string; reason: string }[]
}

/** Scans bundles one after another, without a server and without saying what they are. */
export async function* scanPaths(paths: readonly string[]): AsyncGenerator<ScanResult> {
  for (const path of paths) yield await scanPath(path)
}

async function scanPath(path: string): Promise<ScanResult> {
  const { tree, leftOut } = await readFolder(path)
  const subject = await guessSubject(tree, basename(resolve(path)).replace(/\.\w+$/, ''))
  const { checks, capabilities, policyVersion } = await inspectTree(subject)
  const unread = leftOut.map(({ path: file, reason }) => ({ file, reason }))
  return {
    path,
    findings: checks.static_security.findings,
    checks,
    capabilities: { ...capabilities, unread: [...capabilities.unread, ...unread] },
    policyVersion,
    leftOut,
  }
}
