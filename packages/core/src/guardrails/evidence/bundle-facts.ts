import type { Capabilities } from '../../capabilities/capabilities.ts'
import type { EntityType } from '../../store/entity.ts'
import type { AuthorManifest } from '../inspection.ts'
import type { FileFacts } from './file-facts.ts'

/** Everything that the rules know of a bundle. */
export interface BundleFacts {
  type: EntityType
  metadata: { name: string; description: string }
  manifest: AuthorManifest
  files: readonly FileFacts[]
  capabilities: Capabilities
}
