import type { Sql, TransactionSql } from 'postgres'

type Call = (...given: unknown[]) => unknown

/**
 * A client whose transactions are over once they are over.
 *
 * When the line of a transaction dies, its pool connects anew, and a step that comes late would run on
 * the new line: outside of any transaction, or within somebody else's. Here it is refused.
 */
export function endWithLine(client: Sql): Sql {
  const begin = async (...given: unknown[]): Promise<unknown> => {
    let isOver = false
    const requireOpen = () => {
      if (isOver) throw new Error('The transaction is over.')
    }
    try {
      return await (client.begin as Call)(...given.map((one) => bind(one, requireOpen)))
    } finally {
      isOver = true
    }
  }
  return new Proxy(client, {
    get: (target, name) => (name === 'begin' ? begin : Reflect.get(target, name)),
  })
}

/** Work of a transaction each of whose statements asks first; what is no work is as it is. */
function bind(given: unknown, requireOpen: () => void): unknown {
  if (typeof given !== 'function') return given
  return (transaction: TransactionSql) => given(guard(transaction, requireOpen))
}

function guard(transaction: TransactionSql, requireOpen: () => void): TransactionSql {
  return new Proxy(transaction, {
    apply(target, _, given) {
      requireOpen()
      return (target as Call)(...given)
    },
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (name !== 'unsafe' && name !== 'savepoint') return member
      return (...given: unknown[]) => {
        requireOpen()
        return (member as Call)(...given.map((one) => bind(one, requireOpen)))
      }
    },
  })
}
