import { setTimeout as sleep } from 'node:timers/promises'
import type { ModelRequest } from './model-request.ts'

/** What goes over the wire; or, with a `fate`, what becomes of the connection instead. */
export interface WireReply {
  status: number
  headers?: Record<string, string>
  /** A string is sent as it is, anything else as JSON. */
  body: unknown
  /**
   * `hang`: nothing is ever sent. `reset`: the socket dies. `stall`: the body stops in the middle.
   * `cut`: the socket dies in the middle of the body.
   */
  fate?: 'hang' | 'reset' | 'stall' | 'cut'
}

/** A reply, or a rule that finds one for a request. Rules nest: a rule may give another rule. */
export type Reply = WireReply | ((request: ModelRequest) => Reply | Promise<Reply>)

/** The answer that the reviewer demands. */
export interface ModelAnswer {
  receipt: string | undefined
  findings: Record<string, unknown>[]
  content_quality: { verdict: string; issues: Record<string, unknown>[] }
  template_placeholders_found: boolean
  summary: string
  risk_level: string
}

/** A sound answer without any complaint, with `changes` made to it. */
export function approve(changes: Partial<ModelAnswer> = {}): Reply {
  return answer((sound) => ({ ...sound, ...changes }))
}

/** A sound answer with one finding that stops the bundle, critical unless told otherwise. */
export function block(finding: Record<string, unknown> = {}): Reply {
  const found = {
    severity: 'critical',
    category: 'remote_execution',
    file: 'SKILL.md',
    line: 1,
    explanation: 'Downloads a program and runs it.',
    fix_hint: 'Remove the download.',
    ...finding,
  }
  return approve({
    risk_level: String(found.severity),
    summary: 'The bundle runs what it downloads.',
    findings: [found],
  })
}

/** An answer in the mode that was asked for, made by `change` from a sound one that says `safe`. */
export function answer(change: (sound: ModelAnswer) => unknown, mode?: 'schema' | 'tool'): Reply {
  return (request) => {
    const made = change({
      receipt: request.receipt,
      findings: [],
      content_quality: { verdict: 'pass', issues: [] },
      template_placeholders_found: false,
      summary: 'Does what it says and nothing else.',
      risk_level: 'safe',
    })
    return (mode ?? request.mode) === 'tool'
      ? message(request, [toolUse(request, made)], 'tool_use')
      : message(request, [textBlock(JSON.stringify(made))], 'end_turn')
  }
}

/** A sound answer that lacks one member. */
export function missing(field: keyof ModelAnswer): Reply {
  return answer(({ [field]: _left, ...rest }) => rest)
}

/** A sound answer, but to some other prompt. */
export function wrongReceipt(): Reply {
  return approve({ receipt: 'the-receipt-of-another-prompt' })
}

/** A tool call, whether or not one was asked for. */
export function toolCall(changes: Partial<ModelAnswer> = {}): Reply {
  return answer((sound) => ({ ...sound, ...changes }), 'tool')
}

/** A message that consists of exactly this text. */
export function say(text: string, stopReason = 'end_turn'): Reply {
  return (request) => message(request, [textBlock(text)], stopReason)
}

/** Half of an approval, cut off at the limit of tokens. */
export function truncated(): Reply {
  return say('{"risk_level":"safe","summary":"Does what it s', 'max_tokens')
}

export function refusal(): Reply {
  return say('', 'refusal')
}

/** An error as the API words it. */
export function status(
  code: number,
  options: { type?: string; message?: string; headers?: Record<string, string> } = {},
): Reply {
  const type = options.type ?? errorTypes[code] ?? 'api_error'
  return ({ id }) => ({
    ...failure(id, code, options.message ?? type, type),
    headers: options.headers ?? {},
  })
}

/** The body and status of an error, of the type that goes with the status unless told otherwise. */
export function failure(
  requestId: string,
  code: number,
  text: string,
  type = errorTypes[code] ?? 'api_error',
): WireReply {
  const error = { type, message: text }
  return { status: code, body: { type: 'error', error, request_id: requestId } }
}

const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
}

/** 429, with what the `retry-after` header says: seconds, or an HTTP date. */
export function rateLimited(retryAfter: number | string): Reply {
  return status(429, { headers: { 'retry-after': String(retryAfter) } })
}

/** Takes the request and never says a word. */
export function hang(): Reply {
  return { status: 200, body: '', fate: 'hang' }
}

/** Kills the connection instead of answering. */
export function reset(): Reply {
  return { status: 200, body: '', fate: 'reset' }
}

/** Sends the headers and half of an approval, then kills the connection. */
export function cut(): Reply {
  return async (request) => ({ ...(await resolveReply(approve(), request)), fate: 'cut' })
}

/** Sends the headers and half of an approval, and then never a word. */
export function stall(): Reply {
  return async (request) => ({ ...(await resolveReply(approve(), request)), fate: 'stall' })
}

/** Thinks for a while first. */
export function slow(delayMs: number, reply: Reply): Reply {
  return async () => {
    await sleep(delayMs, undefined, { ref: false })
    return reply
  }
}

/** One reply after the other; the last one from then on. */
export function inTurn(...replies: [Reply, ...Reply[]]): Reply {
  let turn = 0
  return () => replies[Math.min(turn++, replies.length - 1)] ?? replies[0]
}

/** A gateway that knows no structured output, and answers tool calls by `reply`. */
export function withoutStructuredOutput(reply: Reply): Reply {
  const complaint = 'output_config.format: json_schema is not supported by this model'
  return ({ mode }) => (mode === 'schema' ? status(400, { message: complaint }) : reply)
}

/** Follows the rules until there is something to send. */
export async function resolveReply(reply: Reply, request: ModelRequest): Promise<WireReply> {
  let found = reply
  while (typeof found === 'function') found = await found(request)
  return found
}

function message(request: ModelRequest, content: unknown[], stopReason: string): WireReply {
  return {
    status: 200,
    body: {
      id: `msg_${request.id}`,
      type: 'message',
      role: 'assistant',
      model: request.model,
      content,
      stop_reason: stopReason,
      stop_sequence: null,
      usage: {
        input_tokens: countTokens(request),
        output_tokens: 100,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
      },
    },
  }
}

/** A guess at four characters a token, so that usage grows with the prompt as the real one does. */
export function countTokens({ system, user }: Pick<ModelRequest, 'system' | 'user'>): number {
  return Math.ceil((system.length + user.length) / 4)
}

function textBlock(text: string) {
  return { type: 'text', text, citations: null }
}

function toolUse(request: ModelRequest, input: unknown) {
  return {
    type: 'tool_use',
    id: `toolu_${request.id}`,
    name: request.toolName ?? 'submit_review',
    input,
  }
}
