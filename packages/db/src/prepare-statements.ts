import type { Sql, TransactionSql } from 'postgres'

/** How many statements a connection keeps the plans of, at most. */
const preparedMax = 500

/**
 * A client that has the database keep the plan of what it is asked again, as drizzle does not by
 * itself. Then a statement is one trip instead of two, is parsed once for each connection, and can be
 * sent behind another one without waiting for that one's answer.
 *
 * What is asked for the first time is not kept: a list in it may have a length that never comes again.
 */
export function prepareStatements(client: Sql): Sql {
  return prepareOn(client, createRegister())
}

type Client = Sql | TransactionSql
type Work = (transaction: TransactionSql) => unknown

function prepareOn<C extends Client>(client: C, isKnown: (text: string) => boolean): C {
  const inner = (work: unknown) =>
    typeof work === 'function'
      ? (transaction: TransactionSql) => (work as Work)(prepareOn(transaction, isKnown))
      : work
  const members: Record<PropertyKey, unknown> = {
    unsafe: ((text, parameters, options) =>
      client.unsafe(
        text,
        parameters,
        parameters?.length && isKnown(text) ? { ...options, prepare: true } : options,
      )) satisfies Client['unsafe'],
  }
  for (const name of ['begin', 'savepoint'] as const) {
    const run: unknown = Reflect.get(client, name)
    if (typeof run === 'function') members[name] = (...given: unknown[]) => run(...given.map(inner))
  }
  return new Proxy(client, {
    get: (target, name) => (name in members ? members[name] : Reflect.get(target, name)),
  })
}

/** Knows a statement from its second time on, as long as there is room. */
function createRegister() {
  const known = new Set<string>()
  let met = new Set<string>()
  return (text: string): boolean => {
    if (known.has(text)) return true
    if (known.size >= preparedMax) return false
    if (met.has(text)) known.add(text)
    else if (met.size >= preparedMax) met = new Set([text])
    else met.add(text)
    return known.has(text)
  }
}
