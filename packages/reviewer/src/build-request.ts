import type Anthropic from '@anthropic-ai/sdk'
import type { ReviewPrompt } from '@countersign/core/reviews/reviewer'
import { estimateTokens, tokensPerCharMax } from '@countersign/core/reviews/text/estimate-tokens'
import { type Model, priceOf } from './models.ts'

/** The tool that an answer comes through where there is no structured output. */
export const toolName = 'submit_review'

/** How the answer is asked for. */
export type AnswerMode = 'schema' | 'tool'

/** The request for one prompt. The instructions may be cached by the provider, the bundle never. */
export function buildRequest(
  prompt: ReviewPrompt,
  { model, mode }: { model: Model; mode: AnswerMode },
): Anthropic.MessageCreateParamsNonStreaming {
  return {
    model: model.id,
    max_tokens: model.answerTokensMax,
    ...(model.takesTemperature && { temperature: 0 }),
    system: [{ type: 'text', text: prompt.system, cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: prompt.user }],
    ...(mode === 'schema' ? askBySchema(prompt, model) : askByTool(prompt)),
  }
}

function askBySchema({ schema }: ReviewPrompt, { effort }: Model) {
  const format = { type: 'json_schema' as const, schema }
  return { output_config: { format, ...(effort && { effort }) } }
}

function askByTool({ schema }: ReviewPrompt) {
  const tool = {
    name: toolName,
    description: 'Hands in the review.',
    input_schema: { ...schema, type: 'object' as const },
  }
  return {
    tools: [tool],
    tool_choice: { type: 'tool' as const, name: toolName, disable_parallel_tool_use: true },
  }
}

/** Whether a prompt leaves no room for the answer. Only one that is long has to be counted for that. */
export function isTooLarge(prompt: ReviewPrompt, model: Model): boolean {
  const room = model.contextTokens - model.answerTokensMax
  const { system, user, schema } = prompt
  const chars = system.length + user.length + JSON.stringify(schema).length
  return chars * tokensPerCharMax > room && countPromptTokens(prompt) > room
}

/** How many tokens a prompt takes, rather too many than too few. */
function countPromptTokens({ system, user, schema }: ReviewPrompt): number {
  return estimateTokens(system) + estimateTokens(user) + estimateTokens(JSON.stringify(schema))
}

/** What asking costs at most, by that count and with the longest answer. */
export function estimateCostUsd(
  prompt: ReviewPrompt,
  model: Model,
  options: { isBatch: boolean },
): number {
  const tokens = {
    inputTokens: countPromptTokens(prompt),
    outputTokens: model.answerTokensMax,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
  }
  return priceOf(model, tokens, options)
}
