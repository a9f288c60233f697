import type { Problem } from '@countersign/contract/problem'
import { asGateFailure } from '@countersign/core/approvals/gate/as-gate-failure'
import {
  type ErrorCode,
  type ErrorKind,
  errorCatalog,
  ServiceError,
} from '@countersign/core/errors'
import type { FastifyError } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { explainOutage } from './plugins/explain-outage.ts'

/** The HTTP status of each kind of failure. */
export const statusOf: Record<ErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  denied: 403,
  missing: 404,
  conflict: 409,
  gone: 410,
  stale: 412,
  oversized: 413,
  unsupported: 415,
  invalid: 422,
  exhausted: 429,
  failed: 500,
  unavailable: 503,
}

/** What Fastify itself refuses, in our words. */
const ownCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_REQ_FILE_TOO_LARGE: 'too_large',
  FST_FIELDS_LIMIT: 'too_large',
  FST_PARTS_LIMIT: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'invalid_json',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported_media_type',
  FST_ERR_BAD_URL: 'not_found',
}

/**
 * Describes a failure to the client. What clients were not meant to see becomes a bare 500; from the
 * gate, one that says so.
 */
export function toProblem(
  error: unknown,
  requestId: string,
  { isGate = false }: { isGate?: boolean } = {},
): Problem {
  const known = toServiceError(error)
  const { code, kind, detail, members } =
    isGate && (known.code === 'internal' || explainOutage(error)) ? asGateFailure(error) : known
  return {
    type: `/problems/${code}`,
    title: errorCatalog[code].title,
    status: statusOf[kind],
    detail,
    code,
    request_id: requestId,
    ...members,
  }
}

/** A failure in terms that clients are meant to see. */
export function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error
  if (hasZodFastifySchemaValidationErrors(error)) return fromValidation(error)
  const code = isFastifyError(error) ? ownCodes[error.code] : undefined
  return explainOutage(error) ?? new ServiceError(code ?? 'internal')
}

/** A path that fits no id names nothing; a body or query that fits no schema is told why. */
function fromValidation(error: ValidationError): ServiceError {
  if (error.validationContext === 'params') return new ServiceError('not_found')
  return invalid(
    error.validation.map(({ instancePath, message }) => ({
      path: instancePath.replace(/^\//, '').replaceAll('/', '.'),
      message: message ?? 'is not valid',
    })),
  )
}

interface ValidationError {
  validationContext?: string
  validation: { instancePath: string; message?: string }[]
}

/** What is wrong with a request, all of it at once. */
export function invalid(errors: { path: string; message: string }[]): ServiceError {
  const [first] = errors
  const detail = first
    ? `${first.path || 'The body'}: ${first.message}`
    : 'The request is not valid.'
  return new ServiceError('validation_failed', { detail, members: { errors } })
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
