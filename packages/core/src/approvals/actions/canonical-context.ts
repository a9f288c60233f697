import canonicalize from 'canonicalize'
import { ServiceError } from '../../errors.ts'

const bytesMax = 256 * 1024
const depthMax = 64

/**
 * The RFC 8785 text of a context: what is hashed, stored and shown. Nothing at all is `{}`.
 *
 * Throws where two different contexts could come out the same, or where PostgreSQL could not keep it:
 * `context_not_canonical`, or `context_too_large`.
 */
export function canonicalContext(context: unknown): string {
  const value = context ?? {}
  if (!isPlainObject(value)) {
    throw new ServiceError('validation_failed', {
      detail: 'context: must be an object',
      members: { errors: [{ path: 'context', message: 'must be an object' }] },
    })
  }
  refuseAmbiguous(value, '', 0)
  const text = canonicalize(value) ?? '{}'
  if (Buffer.byteLength(text) > bytesMax) throw new ServiceError('context_too_large')
  return text
}

function refuseAmbiguous(value: unknown, path: string, depth: number): void {
  if (depth > depthMax) throw ambiguous(path, `is nested deeper than ${depthMax} levels`)
  switch (typeof value) {
    case 'string':
      refuseText(value, path)
      break
    case 'number':
      refuseNumber(value, path)
      break
    case 'object':
      refuseMembers(value, path, depth)
      break
    case 'boolean':
      break
    default:
      throw ambiguous(path, `is of a type that JSON has not: ${typeof value}`)
  }
}

function refuseMembers(value: object | null, path: string, depth: number): void {
  if (value === null) return
  if (!Array.isArray(value) && !isPlainObject(value)) throw ambiguous(path, 'is not plain data')
  for (const [key, member] of Object.entries(value)) {
    const place = path ? `${path}.${key}` : key
    refuseText(key, place)
    if (key === '__proto__') throw ambiguous(place, 'is a name that programs lose')
    if (member !== undefined) refuseAmbiguous(member, place, depth + 1)
  }
}

function refuseText(text: string, path: string): void {
  if (text.includes('\0')) throw ambiguous(path, 'holds a NUL')
  if (!text.isWellFormed()) throw ambiguous(path, 'holds half of a character')
}

function refuseNumber(value: number, path: string): void {
  if (!Number.isFinite(value)) throw ambiguous(path, 'is not a finite number')
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    throw ambiguous(path, 'is beyond 2^53: send it as a string')
  }
}

/** The refusal of what could be mistaken for something else. */
export function ambiguous(path: string, message: string): ServiceError {
  const place = path.slice(0, 200)
  return new ServiceError('context_not_canonical', {
    detail: `${place || 'The context'} ${message}.`,
    members: { errors: [{ path: place, message }] },
  })
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
