import type { AuthorManifest } from '@countersign/core/guardrails/inspection'
import type { EntityType } from '@countersign/core/store/entity'
import type { FileTree } from '@countersign/core/store/file-tree'

/** A bundle as its author made it: nothing of ours is in it, and nothing lies outside of it. */
export interface AuthorBundle {
  readonly type: EntityType
  /** Below the folder that holds the anchor. */
  readonly files: FileTree
  /** What the anchor says. Its `path` is that of the anchor in `files`. */
  readonly manifest: AuthorManifest
  /** What the anchor calls itself; kept in the served manifest, as the slug takes its place. */
  readonly authorName: string | null
  readonly authorVersion: string | null
}

/** Where a plugin's manifest stands. */
export const pluginManifestPath = '.claude-plugin/plugin.json'
