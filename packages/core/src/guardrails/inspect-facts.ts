import { checkContent } from './checks/check-content.ts'
import { checkManifest } from './checks/check-manifest.ts'
import { checkQuality } from './checks/check-quality.ts'
import type { BundleFacts } from './evidence/bundle-facts.ts'
import type { Checks } from './inspection.ts'
import { runRules } from './run-rules.ts'

/** The four checks over the facts of a bundle. Pure: the same facts give the same checks. */
export function inspectFacts(bundle: BundleFacts): Checks {
  return {
    manifest: checkManifest(bundle),
    static_security: runRules(bundle),
    content: checkContent(bundle),
    quality: checkQuality(bundle),
  }
}
