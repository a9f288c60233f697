type Settled<T extends readonly unknown[]> = { -readonly [K in keyof T]: Awaited<T[K]> }

/**
 * Waits until every one of the steps has ended, and only then throws: the first error in the order given.
 * For steps of one transaction: a rollback that overtakes a step would leave what that step writes afterwards.
 */
export async function settleAll<const T extends readonly unknown[]>(steps: T): Promise<Settled<T>> {
  await Promise.allSettled(steps)
  return Promise.all(steps)
}
