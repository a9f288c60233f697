import { type Client, CountersignError, NotApproved, StillPending } from '@countersign/sdk'
import type { HookInput } from './hook-input.ts'

export type Judgement =
  | { decision: 'allow'; reason: string; executionId: string }
  | { decision: 'deny'; reason: string }

/** What only reads needs no answer: the platform's own rules are enough. */
const readOnly = new Set(['Read', 'Glob', 'Grep', 'LS', 'TodoWrite'])

export function isReadOnly(tool: string): boolean {
  return readOnly.has(tool)
}

/**
 * Asks the gate about a tool call and waits until `signal`. Allows only on a clear yes; everything
 * else, an error too, is a no.
 */
export async function judgeToolCall(
  { gate }: Pick<Client, 'gate'>,
  call: HookInput,
  options: { workspaceId: string | undefined; signal: AbortSignal },
): Promise<Judgement> {
  const { tool, input, cwd } = call
  const { workspaceId, signal } = options
  const question = {
    action: `agent.tool.${tool}`,
    context: { tool, input, cwd },
    ...(workspaceId && { workspace_id: workspaceId }),
  }
  try {
    const { execution_id, authorized_by } = await gate.permit(question, { signal })
    return {
      decision: 'allow',
      reason: `Let through by ${authorized_by}.`,
      executionId: execution_id,
    }
  } catch (error) {
    return { decision: 'deny', reason: explain(error) }
  }
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
