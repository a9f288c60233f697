import type { Capabilities, CapabilityDelta } from '../../capabilities/capabilities.ts'
import type { Finding } from '../../guardrails/finding.ts'
import type { EntityType } from '../../store/entity.ts'

/** What the model is told of a bundle besides its files. All of it may be the submitter's words. */
export interface BundleFacts {
  type: EntityType
  name: string
  description: string
  /** Every file of the bundle, also those that no prompt holds. */
  files: readonly { path: string; size: number; kind: string }[]
  capabilities: Capabilities
  /** Against the live version. Without one, everything is added. */
  capabilityDelta: CapabilityDelta
  /** What the static rules found. */
  hints: readonly Finding[]
}
