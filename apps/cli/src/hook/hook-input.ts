/** What Claude Code says of a tool call, before it and after it. */
export interface HookInput {
  event: 'PreToolUse' | 'PostToolUse' | 'PostToolUseFailure'
  tool: string
  input: Record<string, unknown>
  cwd: string
  sessionId: string
  toolUseId: string
}

const events = ['PreToolUse', 'PostToolUse', 'PostToolUseFailure'] as const

/** Reads what stands on the input of a hook. Throws on anything that is not what is expected. */
export function readHookInput(text: string): HookInput {
  const said: unknown = JSON.parse(text)
  if (!isRecord(said)) throw new Error('The input of the hook is no object.')
  const event = events.find((one) => one === (said.hook_event_name ?? 'PreToolUse'))
  if (!event) throw new Error('The hook is for PreToolUse and PostToolUse.')
  const { tool_name: tool, tool_input: input } = said
  if (typeof tool !== 'string' || tool === '') throw new Error('The hook was told of no tool.')
  if (!isRecord(input)) throw new Error('The hook was told of no input of the tool.')
  return {
    event,
    tool,
    input,
    cwd: textOf(said.cwd),
    sessionId: textOf(said.session_id),
    toolUseId: textOf(said.tool_use_id),
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
