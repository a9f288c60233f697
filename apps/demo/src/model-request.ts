import type { IncomingHttpHeaders } from 'node:http'
import type { Exchange } from './model-exchange.ts'

/** One request to the model, with what a script wants to look at already picked out of the body. */
export interface ModelRequest {
  /** Sent back as the `request-id` header. */
  id: string
  headers: IncomingHttpHeaders
  body: Record<string, unknown>
  model: string
  system: string
  user: string
  /** How the caller wants the answer: by structured output, by a forced tool call, or as plain text. */
  mode: 'schema' | 'tool' | 'plain'
  schema: Record<string, unknown> | undefined
  toolName: string | undefined
  /** What the schema's `receipt` must be, if it demands one. */
  receipt: string | undefined
  /** The name of the request within its batch; absent outside a batch. */
  customId: string | undefined
}

/** Picks a request apart, or tells what the real API would complain about. */
export function parseModelRequest(
  { id, headers, body }: Pick<Exchange, 'id' | 'headers' | 'body'>,
  customId?: string,
): ModelRequest | { complaint: string } {
  const complaint = complainAbout(body)
  if (complaint) return { complaint }
  const format = member(member(body.output_config).format)
  const tool = member(asArray(body.tools)[0])
  const isForced = member(body.tool_choice).type === 'tool'
  const mode = format.type === 'json_schema' ? 'schema' : isForced ? 'tool' : 'plain'
  const schema = mode === 'schema' ? format.schema : tool.input_schema
  return {
    id,
    headers,
    body,
    customId,
    model: String(body.model),
    system: textOf(body.system),
    user: asArray(body.messages)
      .map(member)
      .filter((message) => message.role === 'user')
      .map((message) => textOf(message.content))
      .join('\n'),
    mode,
    schema: mode === 'plain' ? undefined : member(schema),
    toolName: mode === 'tool' ? String(tool.name) : undefined,
    receipt: findReceipt(schema),
  }
}

function complainAbout(body: Record<string, unknown>): string | undefined {
  if (typeof body.model !== 'string') return 'model: Field required'
  if (!Number.isInteger(body.max_tokens)) return 'max_tokens: Field required'
  if (asArray(body.messages).length === 0) return 'messages: at least one message is required'
  if (body.stream === true) return 'stream: this server does not stream'
  return undefined
}

function findReceipt(schema: unknown): string | undefined {
  const demanded = member(member(member(schema).properties).receipt).const
  return typeof demanded === 'string' ? demanded : undefined
}

/** The text of a `system` or `content` member, which is a string or a list of blocks. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  return asArray(content)
    .map((block) => member(block).text ?? '')
    .join('')
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function member(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
