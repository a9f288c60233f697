import type { Capabilities } from '../capabilities/capabilities.ts'
import type { EntityType } from '../store/entity.ts'
import type { FileTree } from '../store/file-tree.ts'
import type { Finding } from './finding.ts'

/** The four checks, in the order in which they are shown. */
export const checkNames = ['manifest', 'static_security', 'content', 'quality'] as const
export type CheckName = (typeof checkNames)[number]

export interface Check {
  status: 'pass' | 'warn' | 'fail'
  findings: Finding[]
}

export type Checks = Record<CheckName, Check>

/** What the checks are run over. */
export interface InspectionSubject {
  type: EntityType
  /** The served tree, so that findings stand on the lines that people are shown. */
  tree: FileTree
  /** Files of the tree that we wrote ourselves. Nobody is blamed for what is in them. */
  generatedPaths: readonly string[]
  /** What the submitter called and said of it, outside the bundle. */
  metadata: { name: string; description: string }
  /** What the author's own manifest or front matter says, before we put the slug in. */
  manifest: AuthorManifest
}

/** The author's manifest: `plugin.json`, or the front matter of `SKILL.md` or of the agent's file. */
export interface AuthorManifest {
  /** Where it stands in the served tree. */
  path: string
  /** The name of the folder or file that held it in the upload; empty at the top of the archive. */
  containerName: string
  fields: Readonly<Record<string, unknown>>
  /** Why it could not be parsed, or `null`. */
  parseError: string | null
}

/** Everything that the deterministic stage has to say about a bundle. Same bytes, same inspection. */
export interface Inspection {
  checks: Checks
  capabilities: Capabilities
  /** The version of the rules: a verdict is only reused under the same one. */
  policyVersion: string
  /** The text files that a reviewer has to read; and those whose bytes no check could account for. */
  textFiles: { path: string; bytes: number }[]
  unaccounted: string[]
}

/** Whether a check stops the bundle before any model is asked. */
export function isBlocked(checks: Checks): boolean {
  return checkNames.some((name) => checks[name].status === 'fail')
}
