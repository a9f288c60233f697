import { settleAll } from '@countersign/core/settle-all'
import { expect, test } from 'vitest'

test('a failure is thrown only when every other step has ended', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const ended: string[] = []
  const slow = promise.then(() => ended.push('slow'))
  const settled = settleAll([Promise.reject(new Error('first')), slow]).catch((error: Error) => {
    ended.push(error.message)
  })
  resolve()
  await settled
  expect(ended).toEqual(['slow', 'first'])
})

test('what the steps made comes back in their order', async () => {
  expect(await settleAll([Promise.resolve(1), 'two', Promise.resolve(null)])).toEqual([
    1,
    'two',
    null,
  ])
})
