import { isDeepStrictEqual } from 'node:util'
import { type Client, CountersignError, NotApproved, StillPending } from '@countersign/sdk'
import { hashOperands } from './hash-operands.ts'
import type { HookInput } from './hook-input.ts'

export type Judgement =
  | { decision: 'allow'; reason: string; executionId: string }
  | { decision: 'deny'; reason: string }

const longestReason = 4000

const changed = 'A file of this call was changed while it was asked about, so this does not run.'

/** What only reads needs no answer: the platform's own rules are enough. */
const readOnly = new Set(['Read', 'Glob', 'Grep', 'LS', 'TodoWrite'])

export function isReadOnly(tool: string): boolean {
  return readOnly.has(tool)
}

/**
 * Asks the gate about a tool call and waits until `signal`. Allows only on a clear yes to what still
 * stands there by then; everything else, an error too, is a no.
 */
export async function judgeToolCall(
  { gate, approvals }: Pick<Client, 'gate' | 'approvals'>,
  call: HookInput,
  options: { workspaceId: string | undefined; signal: AbortSignal },
): Promise<Judgement> {
  const { tool, cwd } = call
  const { input, reason } = splitReason(call)
  const { workspaceId, signal } = options
  const files = await hashOperands(call, signal)
  const question = {
    action: `agent.tool.${tool}`,
    context: { tool, input, cwd, files },
    reason,
    ...(workspaceId && { workspace_id: workspaceId }),
  }
  try {
    const { execution_id, authorized_by } = await gate.permit(question, { signal })
    if (!isDeepStrictEqual(await hashOperands(call, signal), files)) {
      await approvals.report(execution_id, { status: 'failed', error: changed }).catch(() => {})
      return { decision: 'deny', reason: changed }
    }
    return {
      decision: 'allow',
      reason: `Let through by ${authorized_by}.`,
      executionId: execution_id,
    }
  } catch (error) {
    return { decision: 'deny', reason: explain(error) }
  }
}

/**
 * What a call does, and what the model says of it. The shell never sees the description that stands
 * beside its command, and the model words it anew each time; another tool's may be its very effect.
 */
function splitReason({ tool, input }: HookInput): { input: HookInput['input']; reason: string } {
  const { description, ...rest } = input
  if (tool !== 'Bash' || typeof description !== 'string') return { input, reason: '' }
  return { input: rest, reason: description.slice(0, longestReason) }
}

function explain(error: unknown): string {
  if (error instanceof StillPending) {
    return `Pending approval ${error.approvalId}. Call the same tool with identical input after it was approved; do not use another command to reach the same result.`
  }
  if (error instanceof NotApproved) return error.message
  if (error instanceof CountersignError) return `${error.code}: ${error.message}`
  const text = error instanceof Error ? error.message : String(error)
  return `The approval service could not be asked, so this does not run: ${text}`
}
