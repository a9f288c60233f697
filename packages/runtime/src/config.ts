import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { ConfigurationError } from './configuration-error.ts'

const flag = z
  .enum(['true', 'false', '1', '0'])
  .transform((value) => value === 'true' || value === '1')

const whole = (min: number, max = Number.MAX_SAFE_INTEGER) =>
  z.coerce.number<string>().int().min(min).max(max)

const webAddress = z.url({ protocol: /^https?$/ })

const names = z.string().transform((value) =>
  value
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean),
)

/** One Redis, several nodes of one cluster, or sentinels that know the master. */
const redisUrls = z
  .string()
  .refine((value) => value.split(',').every(isRedisUrl), 'Invalid URL, or not of a Redis')

/** What `HUMAN_REVIEW_FOR` may name: new capabilities, static findings, or everything and nothing. */
const humanReviewReasons = [
  'hooks',
  'mods',
  'mcp',
  'bin',
  'hosts',
  'commands',
  'tools',
  'flagged',
  'all',
  'none',
] as const

/** Everything that can be configured. `docs/generated/configuration.md` is written from this schema. */
export const Config = z.strictObject({
  PORT: whole(0, 65_535).prefault('8080').describe('Where the API and the console listen'),
  HOST: z.string().default('127.0.0.1').describe('The address they listen on'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('The address that people and clients use, if it is not `http://HOST:PORT`'),
  TRUST_PROXY: flag
    .prefault('false')
    .describe('Whether `X-Forwarded-*` of a proxy in front is believed'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('PostgreSQL. Empty: an embedded one under `DATA_DIR/postgres`'),
  DATABASE_POOL_MAX: whole(2).prefault('10').describe('Connections to PostgreSQL per process'),
  DATABASE_PREPARE: flag
    .prefault('true')
    .describe('Whether statements are prepared; `false` behind a transaction-pooling PgBouncer'),
  REDIS_URL: redisUrls
    .optional()
    .describe(
      'Redis, for the queue, locks and limits; nodes of a cluster with commas between, or sentinels as `redis+sentinel://HOST:PORT/MASTER`. `rediss` in front: over TLS. Empty: all three are on PostgreSQL',
    ),
  DATA_DIR: z.string().default('./.countersign').describe('The embedded database, and blobs'),
  BLOB_STORE: z.enum(['file', 's3']).default('file').describe('Where bundles are kept'),
  S3_BUCKET: z.string().optional().describe('The bucket, when `BLOB_STORE` is `s3`'),
  S3_ENDPOINT: z.url().optional().describe('The S3 server, if it is not AWS'),
  S3_REGION: z.string().default('us-east-1').describe('The region of the bucket'),
  AWS_ACCESS_KEY_ID: z.string().optional().describe('The usual AWS key, for `BLOB_STORE=s3`'),
  AWS_SECRET_ACCESS_KEY: z.string().optional().describe('The usual AWS secret'),
  MARKETPLACE_NAME: z
    .string()
    .default('countersign')
    .describe('What Claude Code knows the marketplace by'),
  GUARDRAILS_ENABLED: flag
    .prefault('true')
    .describe('`false` skips the model: bundles that pass the checks are approved at once'),
  ANTHROPIC_API_KEY: z
    .string()
    .optional()
    .describe('The key of the reviewer model. Empty: every review is held, none is approved'),
  ANTHROPIC_BASE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('A gateway or test server in place of the Anthropic API'),
  REVIEW_MODEL: z.string().default('haiku').describe('`haiku`, `sonnet`, `opus` or a model id'),
  REVIEW_TIMEOUT_MS: whole(100).prefault('120000').describe('Patience with one model call'),
  REVIEW_MAX_ATTEMPTS: whole(1, 100).prefault('4').describe('Attempts before `review_error`'),
  REVIEW_MAX_BYTES: whole(1)
    .prefault('2097152')
    .describe('Text bytes the model may be asked to read per bundle'),
  REVIEW_BUDGET_USD_PER_DAY: z.coerce
    .number<string>()
    .positive()
    .optional()
    .describe('Over it reviews are held (`budget`). Empty: no budget'),
  WORKER_CONCURRENCY: whole(1, 1000).prefault('8').describe('Reviews in flight per worker process'),
  REVIEW_CONCURRENCY_MAX: whole(1)
    .optional()
    .describe('Reviews in flight in all worker processes together. Empty: as many as have a place'),
  HUMAN_REVIEW_FOR: names
    .pipe(z.array(z.enum(humanReviewReasons)))
    .prefault('mods,flagged')
    .describe('What also goes to a person when the model approves'),
  HELD_TARGET_HOURS: z.coerce
    .number<string>()
    .positive()
    .optional()
    .describe('How soon people should act on what waits for them. Empty: no target'),
  RATE_LIMIT_PER_MINUTE: whole(0).prefault('600').describe('Requests per principal; 0: no limit'),
  BLOCKED_QUOTA_PER_DAY: whole(0)
    .prefault('50')
    .describe('Blocked submissions per submitter and day; 0: no limit'),
  BLOCKED_BUNDLE_TTL_DAYS: whole(0)
    .prefault('30')
    .describe('Days until the bytes of a blocked bundle are removed; 0: never'),
  ENTITY_LOCK_WAIT_MS: whole(0, 60_000)
    .prefault('5000')
    .describe('How long an edit waits for another edit of the same entity'),
  UPLOADS_MAX: whole(1)
    .prefault('256')
    .describe('Uploads in hand at once per API process; more are answered 503, with `retry-after`'),
  WEBHOOK_ALLOW_PRIVATE: flag
    .prefault('false')
    .describe('Whether webhooks may lead to private addresses'),
  TEST_WRITE_ENABLED: flag
    .prefault('false')
    .describe('Whether a test process may write to what `TEST_WRITE_ALLOWLIST` names'),
  TEST_WRITE_ALLOWLIST: names
    .pipe(z.array(z.string().regex(/^(?!\*+$)/, 'names everything')))
    .prefault('sandbox')
    .describe('What that is: projects of the tracker, origins; `sandbox` is this very machine'),
  CONFIRMATION_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('The address of the listener for clients of `/confirm`'),
  CONFIRMATION_PORT: whole(0, 65_535)
    .optional()
    .describe('Its port. Empty: `/confirm` is on the main one only'),
  CONFIRMATION_RATE_LIMIT: whole(1, 1000)
    .prefault('10')
    .describe('Submissions to `/confirm` per action and hour'),
  TELEGRAM_BOT_TOKEN: z.string().optional().describe('The bot that asks people first'),
  TELEGRAM_CHAT_ID: z.string().optional().describe('The chat that it asks in'),
  TELEGRAM_BASE_URL: webAddress
    .prefault('https://api.telegram.org')
    .describe('A gateway or test server in place of Telegram'),
  DISCORD_WEBHOOK_URL: webAddress
    .optional()
    .describe('The channel that is asked if Telegram fails'),
  SLACK_WEBHOOK_URL: webAddress.optional().describe('The channel that is asked if both fail'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('Sends mail to those who decide, and to owners. Empty: no mail'),
  SMTP_FROM: z.string().optional().describe('Who mail comes from, if not `countersign@` that host'),
  PLANE_BASE_URL: webAddress.prefault('https://api.plane.so').describe('The tracker Plane'),
  PLANE_API_KEY: z.string().optional().describe('Its key. Empty: nothing is tracked'),
  PLANE_WORKSPACE: z.string().optional().describe('The slug of the workspace there'),
  PLANE_PROJECT_ID: z.string().optional().describe('The project that work items belong to'),
  ADMIN_EMAIL: z
    .email()
    .or(z.literal('admin@localhost'))
    .default('admin@localhost')
    .describe('The first admin'),
  ADMIN_PASSWORD: z
    .string()
    .min(8)
    .optional()
    .describe('Their password. Empty: generated, and printed once'),
  METRICS_PORT: whole(0, 65_535)
    .optional()
    .describe(
      'Where a worker process shows `/metrics` and `/health`; the API has both on its own port',
    ),
  METRICS_HOST: z.string().default('127.0.0.1').describe('The address of that port'),
  PROBE_INTERVAL_S: whole(0)
    .prefault('60')
    .describe(
      'How often a worker fetches what is served and compares it with what is live; 0: never',
    ),
  PROBE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where it fetches from, if not at `PUBLIC_URL` or `http://HOST:PORT`'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where traces are sent by OTLP over HTTP. Empty: there are none'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('The quietest level that is logged'),
})
export type Config = z.infer<typeof Config>

/**
 * Reads the environment, and under it the `.env` file of the working directory, once at start.
 *
 * An empty value counts as absent. Throws a `ConfigurationError` that names every key that is wrong.
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const values = { ...readDotEnv(), ...environment }
  refuseKillSwitch(values)
  const known = Object.keys(Config.shape).flatMap((key) => {
    const value = values[key]?.trim()
    return value ? [[key, value]] : []
  })
  const parsed = Config.safeParse(Object.fromEntries(known))
  if (!parsed.success) {
    throw new ConfigurationError(
      `The configuration is not usable.\n${z.prettifyError(parsed.error)}`,
    )
  }
  if (parsed.data.BLOB_STORE === 's3' && !parsed.data.S3_BUCKET) {
    throw new ConfigurationError(
      'The configuration is not usable.\n✖ S3_BUCKET is needed when BLOB_STORE is s3',
    )
  }
  return parsed.data
}

/** The write guard has no switch. Whoever set one believes in it, and had better learn at the start. */
function refuseKillSwitch(values: NodeJS.Dict<string>): void {
  const found = Object.keys(values).find((key) => /(^|_)GUARD_(ENABLED|DISABLED)$/i.test(key))
  if (!found) return
  throw new ConfigurationError(`The configuration is not usable.\n✖ There is no ${found}`)
}

function readDotEnv(): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync('.env', 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}

function isRedisUrl(text: string): boolean {
  const { success } = z.url({ protocol: /^rediss?(\+sentinel)?$/ }).safeParse(text.trim())
  // Sentinels are asked for a master by its name.
  return success && !/^\w+\+sentinel:\/\/[^/]+\/?$/.test(text.trim())
}
