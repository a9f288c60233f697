import type { Usage } from '@countersign/core/reviews/assessment'

/** US dollars for a million tokens. Cache writes are those that live for five minutes. */
interface Price {
  input: number
  output: number
  cacheRead: number
  cacheWrite: number
}

/** What a model costs, and what may be asked of it. */
export interface Model {
  id: string
  /** What a prompt of at most `upTo` tokens costs. The first band that fits counts for all of it. */
  bands: readonly { upTo: number; price: Price }[]
  /** How many tokens it can take in and give out together. */
  contextTokens: number
  /** How many tokens one prompt should hold: under a step in the price, and short enough to be read closely. */
  promptTokensMax: number
  /** Room for the answer, with what the model thinks before it. */
  answerTokensMax: number
  /** Whether it takes `temperature`. Models that think by themselves refuse it. */
  takesTemperature: boolean
  /** How hard it is told to think, if that is to be more than it does by itself. */
  effort?: 'high'
  /** Whether it stands in the table. The cost of others is estimated at the dearest. */
  isKnown: boolean
}

const anyLength = Number.POSITIVE_INFINITY

const modern = {
  contextTokens: 1_000_000,
  promptTokensMax: 150_000,
  answerTokensMax: 24_000,
  takesTemperature: false,
}

/** The one table of costs and limits. */
const models: readonly Omit<Model, 'isKnown'>[] = [
  {
    ...modern,
    id: 'claude-haiku-5-5',
    bands: [
      { upTo: 100_000, price: { input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125 } },
      { upTo: anyLength, price: { input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625 } },
    ],
    promptTokensMax: 95_000,
    effort: 'high',
  },
  {
    ...modern,
    id: 'claude-sonnet-5-5',
    bands: [{ upTo: anyLength, price: { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 } }],
  },
  {
    ...modern,
    id: 'claude-opus-5-5',
    bands: [{ upTo: anyLength, price: { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 } }],
  },
  {
    ...modern,
    id: 'claude-fable-5-1',
    bands: [{ upTo: anyLength, price: { input: 10, output: 50, cacheRead: 1, cacheWrite: 12.5 } }],
  },
  {
    id: 'claude-haiku-4-5',
    bands: [{ upTo: anyLength, price: { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 } }],
    contextTokens: 200_000,
    promptTokensMax: 95_000,
    answerTokensMax: 16_000,
    takesTemperature: true,
  },
]

const aliases: Readonly<Record<string, string>> = {
  haiku: 'claude-haiku-5-5',
  sonnet: 'claude-sonnet-5-5',
  opus: 'claude-opus-5-5',
}

/** Finds a model by its id, dated or not, or by `haiku`, `sonnet` or `opus`. */
export function findModel(name: string): Model {
  const id = aliases[name] ?? name
  const known = models.find((model) => id === model.id || id.startsWith(`${model.id}-20`))
  return known ? { ...known, id, isKnown: true } : assumeOf(id)
}

/** What is assumed of a model that nobody told us about: the dearest price and the least room. */
function assumeOf(id: string): Model {
  const prices = models.flatMap(({ bands }) => bands.map(({ price }) => price))
  const dearest = (kind: keyof Price) => Math.max(...prices.map((price) => price[kind]))
  const price = {
    input: dearest('input'),
    output: dearest('output'),
    cacheRead: dearest('cacheRead'),
    cacheWrite: dearest('cacheWrite'),
  }
  return {
    id,
    bands: [{ upTo: anyLength, price }],
    contextTokens: Math.min(...models.map(({ contextTokens }) => contextTokens)),
    promptTokensMax: Math.min(...models.map(({ promptTokensMax }) => promptTokensMax)),
    answerTokensMax: 8_000,
    takesTemperature: false,
    isKnown: false,
  }
}

/** What tokens cost in US dollars. In a batch they cost half. */
export function priceOf(
  { bands }: Model,
  tokens: Omit<Usage, 'costUsd'>,
  { isBatch = false }: { isBatch?: boolean } = {},
): number {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = tokens
  const promptTokens = inputTokens + cacheReadTokens + cacheWriteTokens
  const price = bands.find(({ upTo }) => promptTokens <= upTo)?.price
  if (!price) throw new Error('The last band of a price has no end.')
  const millionths =
    inputTokens * price.input +
    outputTokens * price.output +
    cacheReadTokens * price.cacheRead +
    cacheWriteTokens * price.cacheWrite
  return millionths / (isBatch ? 2_000_000 : 1_000_000)
}
