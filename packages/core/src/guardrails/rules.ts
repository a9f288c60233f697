import { credentialRules } from './families/behaviour/credential.ts'
import { evasionRules } from './families/behaviour/evasion.ts'
import { executionRules } from './families/behaviour/execution.ts'
import { flowRules } from './families/behaviour/flow.ts'
import { harmRules } from './families/behaviour/harm.ts'
import { uploadRules } from './families/behaviour/upload.ts'
import { concealmentRules } from './families/language/concealment.ts'
import { excessRules } from './families/language/excess.ts'
import { invisibleRules } from './families/language/invisible.ts'
import { lureRules } from './families/language/lure.ts'
import { orderRules } from './families/language/order.ts'
import { sayingRules } from './families/language/saying.ts'
import { spokenFlowRules } from './families/language/spoken-flow.ts'
import { contentRules } from './families/structure/content.ts'
import { loadedRules } from './families/structure/loaded.ts'
import { nameRules } from './families/structure/name.ts'
import { supplyRules } from './families/structure/supply.ts'
import { workflowRules } from './families/structure/workflow.ts'
import type { Rule } from './rule.ts'

/** Every rule of the static stage. To add one is to add it to its family. */
export const rules: readonly Rule[] = [
  ...lureRules,
  ...executionRules,
  ...flowRules,
  ...uploadRules,
  ...credentialRules,
  ...spokenFlowRules,
  ...sayingRules,
  ...orderRules,
  ...concealmentRules,
  ...invisibleRules,
  ...harmRules,
  ...loadedRules,
  ...supplyRules,
  ...workflowRules,
  ...contentRules,
  ...evasionRules,
  ...excessRules,
  ...nameRules,
]
