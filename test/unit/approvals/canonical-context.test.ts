import { canonicalContext } from '@countersign/core/approvals/actions/canonical-context'
import { hashRequest } from '@countersign/core/approvals/actions/hash-request'
import { refuseRepeatedNames } from '@countersign/core/approvals/actions/refuse-repeated-names'
import { ServiceError } from '@countersign/core/errors'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const workspaceId = '00000000-0000-7000-8000-000000000001'
const hash = (context: unknown) =>
  hashRequest({ workspaceId, action: 'x', context: canonicalContext(context) })

/** Contexts that are accepted: plain JSON, without numbers that lose their end. */
const json = fc
  .dictionary(fc.string(), fc.jsonValue({ maxDepth: 4, noUnicodeString: false }))
  .filter((context) => !JSON.stringify(context).includes('__proto__') && isAccepted(context))

function isAccepted(context: unknown): boolean {
  try {
    canonicalContext(context)
    return true
  } catch {
    return false
  }
}

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, member]) => [key, shuffled(member)])
  return Object.fromEntries(entries.reverse())
}

test('S4-04 the order of keys does not change the hash', () => {
  fc.assert(
    fc.property(json, (context) => {
      expect(hash(shuffled(context))).toBe(hash(context))
    }),
  )
})

test('S4-04 any other value changes the hash', () => {
  fc.assert(
    fc.property(json, json, (one, other) => {
      const isSame = canonicalContext(one) === canonicalContext(other)
      expect(hash(one) === hash(other)).toBe(isSame)
    }),
  )
})

test('a context survives its canonical text', () => {
  fc.assert(
    fc.property(json, (context) => {
      const text = canonicalContext(context)
      expect(canonicalContext(JSON.parse(text))).toBe(text)
    }),
  )
})

test('valid JSON without repeated names is let through, however it is written', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, space) => {
      refuseRepeatedNames(JSON.stringify(value, null, space))
    }),
  )
})

test.each([
  ['{"a":1,"a":1}', 'a'],
  ['{"a":{"b":[{"c":1},{"d":1,"d":2}]}}', 'a.b.1.d'],
  ['{"a":1,"\\u0061":2}', 'a'],
  ['{"a":"}","b":{"x":"\\"","x":1}}', 'b.x'],
  ['{"a":{"a":1},"b":{"a":1},"b":0}', 'b'],
])('a repeated name is found in %s', (text, path) => {
  expect(placeOf(() => refuseRepeatedNames(text))).toBe(path)
})

test.each([
  [{ n: Number.NaN }],
  [{ n: Number.POSITIVE_INFINITY }],
  [{ n: 2 ** 53 + 2 }],
  [{ n: 1n }],
  [{ f: () => 1 }],
  [{ d: new Date() }],
  [{ text: '\u0000' }],
  [{ text: '\ud800' }],
  [{ '\udc00': 1 }],
  [nested(70)],
])('what no two readers would read alike is refused: %o', (context) => {
  expect(() => canonicalContext(context)).toThrow(ServiceError)
})

function nested(depth: number): object {
  return depth === 0 ? {} : { in: nested(depth - 1) }
}

function placeOf(attempt: () => void): unknown {
  try {
    attempt()
    return undefined
  } catch (error) {
    const [first] = (error as ServiceError).members.errors as { path: string }[]
    return first?.path
  }
}
