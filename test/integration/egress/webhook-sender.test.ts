import { setSandbox } from '@countersign/egress/guard/sandbox'
import { createWebhookSender } from '@countersign/egress/webhooks/create-webhook-sender'
import { expect, test } from 'vitest'
import { openSandbox } from '../../support/open-sandbox.ts'
import { startReceiver } from '../../support/receiver.ts'

const message = { headers: {}, body: '{"a":1}', deliveryId: 'delivery' }
const { signal } = new AbortController()

test('a name that came to mean an address inside is not called, whatever it meant when it was added', async () => {
  openSandbox(['sandbox', 'rebound.example'])
  const receiver = await startReceiver()
  const meanings = ['93.184.215.14', '127.0.0.1']
  const sender = createWebhookSender({
    allowPrivate: false,
    resolve: async () => [{ address: meanings.shift() ?? '127.0.0.1', family: 4 }],
  })
  const url = `http://rebound.example:${new URL(receiver.url).port}/`
  openSandbox([new URL(url).host])
  await sender.requireSafe(url)
  expect(await sender.send({ ...message, url }, signal)).toEqual({
    kind: 'unreachable',
    error: 'rebound.example leads to 127.0.0.1, which is not public.',
  })
  expect(receiver.heard).toEqual([])
})

test('a message goes to the very address that was judged', async () => {
  const receiver = await startReceiver()
  let asked = 0
  const sender = createWebhookSender({
    allowPrivate: true,
    async resolve() {
      asked += 1
      return [{ address: '127.0.0.1', family: 4 }]
    },
  })
  const url = `http://only-once.example:${new URL(receiver.url).port}/hook`
  openSandbox([new URL(url).host])
  expect(await sender.send({ ...message, url }, signal)).toMatchObject({ status: 200 })
  expect(asked).toBe(1)
  expect(receiver.heard[0]).toMatchObject({
    path: '/hook',
    text: message.body,
    headers: { host: new URL(url).host, 'content-length': '7' },
  })
})

test('S1-04 a message that is refused is refused before its name is looked up', async () => {
  const sender = createWebhookSender({
    allowPrivate: true,
    resolve: () => expect.unreachable('The name was looked up.'),
  })
  setSandbox({ isOpen: true, allowlist: ['sandbox'] })
  expect(await sender.send({ ...message, url: 'https://hooks.example/' }, signal)).toEqual({
    kind: 'blocked',
    reason: 'prod-project-in-test',
  })
})

test('a receiver that does not answer in time is given up', async () => {
  openSandbox()
  const { promise, resolve } = Promise.withResolvers<object>()
  const receiver = await startReceiver(() => promise)
  const sender = createWebhookSender({ allowPrivate: true, timeoutMs: 100 })
  expect(await sender.send({ ...message, url: receiver.url }, signal)).toEqual({
    kind: 'unreachable',
    error: 'There was no answer within 0.1 s.',
  })
  resolve({})
})

test('a worker that stops calls a message off, for the next one to send', async () => {
  openSandbox()
  const { promise, resolve } = Promise.withResolvers<object>()
  const stopping = new AbortController()
  const receiver = await startReceiver(() => {
    stopping.abort(new Error('shutting down'))
    return promise
  })
  const sender = createWebhookSender({ allowPrivate: true })
  const sent = sender.send({ ...message, url: receiver.url }, stopping.signal)
  await expect(sent).rejects.toThrow('shutting down')
  resolve({})
})
