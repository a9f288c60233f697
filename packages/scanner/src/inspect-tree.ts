import type { BundleFacts } from '@countersign/core/guardrails/evidence/bundle-facts'
import { inspectFacts } from '@countersign/core/guardrails/inspect-facts'
import type { Inspection, InspectionSubject } from '@countersign/core/guardrails/inspection'
import { policyVersion } from '@countersign/core/guardrails/policy-version'
import type { BundleFile, FileTree } from '@countersign/core/store/file-tree'
import { createBudget } from './budget.ts'
import { type InspectedFile, inspectFile } from './inspect-file.ts'
import { listModules } from './inventory/list-modules.ts'
import { mergeCapabilities } from './inventory/merge-capabilities.ts'

/**
 * Inspects a bundle: file by file, each analysed to small facts before the next is read, then the rules
 * over the facts of all. The same bytes give the same inspection.
 */
export async function inspectTree(subject: InspectionSubject): Promise<Inspection> {
  const { tree } = subject
  const generated = new Set(subject.generatedPaths)
  const modPaths = await listModules(tree)
  const budget = createBudget()
  const inspected = new Map<string, InspectedFile>()
  for (const file of inOrderOfWeight(tree)) {
    const bytes = await file.read()
    inspected.set(
      file.path,
      inspectFile({ file, bytes, isGenerated: generated.has(file.path), modPaths, budget }),
    )
  }
  const files = tree.flatMap(({ path }) => inspected.get(path) ?? [])
  const capabilities = mergeCapabilities([
    ...files.map((file) => file.capabilities),
    ...tree
      .filter(({ path }) => path.startsWith('bin/'))
      .map(({ path }) => ({ file: path, bin: [path] })),
  ])
  const facts: BundleFacts = { ...subject, files: files.map((file) => file.facts), capabilities }
  return {
    checks: inspectFacts(facts),
    capabilities,
    policyVersion,
    textFiles: facts.files
      .filter(({ format }) => format === 'text')
      .map(({ path, bytes }) => ({ path, bytes })),
    unaccounted: files.filter(({ isAccounted }) => !isAccounted).map(({ facts: { path } }) => path),
  }
}

/** What is loaded and run comes first, so that a budget that runs out leaves what matters least. */
function inOrderOfWeight(tree: FileTree): BundleFile[] {
  return [...tree].sort((a, b) => weight(a.path) - weight(b.path) || (a.path < b.path ? -1 : 1))
}

function weight(path: string): number {
  if (/\.md$|\.json$/i.test(path)) return 0
  return /\.(?:sh|py|js|mjs|cjs|ts|ps1|bat|rb)$/i.test(path) ? 1 : 2
}
