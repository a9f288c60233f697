import type { Anthropic } from '@anthropic-ai/sdk'
import type { Id } from '@countersign/core/ids'
import { parseAnswer } from '@countersign/core/reviews/parse-answer'
import {
  type BatchItem,
  type BatchItemId,
  type BatchResult,
  type BatchReviewer,
  ReviewerFailure,
} from '@countersign/core/reviews/reviewer'
import { buildRequest, estimateCostUsd } from './build-request.ts'
import { connect, type ProviderOptions, withDeadline } from './connect.ts'
import { explainFailure, judgeStatus } from './explain-failure.ts'
import { findModel, type Model } from './models.ts'
import { readMessage } from './read-message.ts'

/** Patience with the download of all results, which may be many. */
const downloadMs = 10 * 60_000

/** A reviewer that asks by Anthropic's Message Batches: at half the price, and not at once. */
export function createBatchReviewer(options: ProviderOptions): BatchReviewer {
  const model = findModel(options.model)
  const client = connect(options)
  const { timeoutMs } = options

  function batches(): Anthropic.Messages.Batches {
    if (!client) throw new ReviewerFailure('not_ready', 'There is no key for the reviewer model.')
    return client.messages.batches
  }

  return {
    model: model.id,
    isReady: client !== undefined,
    isPriceKnown: model.isKnown,
    promptTokensMax: model.promptTokensMax,
    limits: { itemsMax: 1_000, bytesMax: 64 * 1024 * 1024 },
    estimateCostUsd: (prompt) => estimateCostUsd(prompt, model, { isBatch: true }),

    submit: (items, signal) =>
      withDeadline({ signal, timeoutMs }, async (calledOff) => {
        const requests = items.map((item) => ({
          custom_id: writeCustomId(item),
          params: buildRequest(item.prompt, { model, mode: 'schema' }),
        }))
        const batch = await batches().create({ requests }, { signal: calledOff })
        return batch.id
      }),

    poll: (batchId, signal) =>
      withDeadline({ signal, timeoutMs }, async (calledOff) => {
        const batch = await batches().retrieve(batchId, {}, { signal: calledOff })
        return { hasEnded: batch.processing_status === 'ended' }
      }),

    async *results(batchId, signal) {
      const calledOff = AbortSignal.any([signal, AbortSignal.timeout(downloadMs)])
      try {
        const lines = await batches().results(batchId, {}, { signal: calledOff })
        for await (const line of lines) {
          const result = readResult(line, model)
          if (result) yield result
        }
      } catch (error) {
        signal.throwIfAborted()
        throw explainFailure(error)
      }
    },
  }
}

function readResult(
  { custom_id, result }: Anthropic.Messages.MessageBatchIndividualResponse,
  model: Model,
): BatchResult | undefined {
  const name = readCustomId(custom_id)
  if (!name) return undefined
  const { receipt, ...id } = name
  try {
    return {
      id,
      answer: { ...readOutcome(result, receipt, model), requestId: null, durationMs: 0 },
    }
  } catch (error) {
    return { id, failure: explainFailure(error) }
  }
}

function readOutcome(result: Anthropic.Messages.MessageBatchResult, receipt: string, model: Model) {
  switch (result.type) {
    case 'succeeded':
      return readMessage(result.message, {
        parse: (given) => parseAnswer(given, receipt),
        model,
        isBatch: true,
        requestId: null,
      })
    case 'errored': {
      const { type } = result.error.error
      throw new ReviewerFailure(judgeStatus(undefined, type), `The provider answered: ${type}.`)
    }
    default:
      throw new ReviewerFailure('transient', `The batch ended before the review: ${result.type}.`)
  }
}

/**
 * The name of an item within its batch holds all that is needed to read its result: whose it is, which
 * prompt it was, and the receipt. So a batch is resumed from its id alone. The model never sees it.
 */
function writeCustomId({ submissionId, prompt }: BatchItem): string {
  const id = Buffer.from(submissionId.replaceAll('-', ''), 'hex').toString('base64url')
  return `${id}${prompt.key}${prompt.receipt}`
}

function readCustomId(name: string): (BatchItemId & { receipt: string }) | undefined {
  const [, id = '', key, receipt] = name.match(/^([\w-]{22})([\w-]{18})([\w-]{24})$/) ?? []
  if (!key || !receipt) return undefined
  const hex = Buffer.from(id, 'base64url').toString('hex')
  const submissionId: Id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { submissionId, key, receipt }
}
