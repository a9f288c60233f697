import { startMessagesApi } from '@countersign/demo/messages-api'
import { approve, hang, inTurn, say, slow, status } from '@countersign/demo/model-replies'
import { expect, test } from 'vitest'
import { serveModel } from '../../support/messages-api.ts'

const question = {
  model: 'claude-haiku-5-5',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Is it high tide?' }],
}

function post(url: string, body: unknown, headers: Record<string, string> = { 'x-api-key': 'k' }) {
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
}

test.each<Record<string, string>>([
  { 'x-api-key': 'any' },
  { authorization: 'Bearer any' },
])('it takes a key as %j', async (headers) => {
  const api = await serveModel(say('Yes.'))
  const response = await post(`${api.url}/v1/messages`, question, headers)
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({
    type: 'message',
    role: 'assistant',
    content: [{ type: 'text', text: 'Yes.' }],
    stop_reason: 'end_turn',
  })
  expect(response.headers.get('request-id')).toBe(api.calls[0]?.request.id)
})

test('it answers the faults of a request as the real one does', async () => {
  const api = await serveModel(approve())
  const messages = `${api.url}/v1/messages`
  expect((await post(messages, question, {})).status).toBe(401)
  expect((await post(messages, { ...question, model: undefined })).status).toBe(400)
  expect((await post(messages, { ...question, max_tokens: undefined })).status).toBe(400)
  expect((await post(messages, { ...question, messages: [] })).status).toBe(400)
  expect((await post(messages, { ...question, stream: true })).status).toBe(400)
  expect((await post(`${api.url}/v1/models`, {})).status).toBe(404)
  const batch = { requests: [{ custom_id: 'not allowed!', params: question }] }
  expect((await post(`${messages}/batches`, batch)).status).toBe(400)
  expect(api.calls).toEqual([])
})

test('it counts tokens', async () => {
  const api = await serveModel(approve())
  const { model, messages } = question
  const response = await post(`${api.url}/v1/messages/count_tokens`, { model, messages })
  expect(await response.json()).toEqual({ input_tokens: 4 })
})

test('it follows its script request by request, until it is given another', async () => {
  const api = await serveModel(inTurn(status(529), say('one'), say('two')))
  const ask = async () => (await post(`${api.url}/v1/messages`, question)).status
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual([529, 200, 200, 200])
  api.follow(status(403))
  expect(await ask()).toBe(403)
  expect(api.calls.map((call) => call.status)).toEqual([529, 200, 200, 200, 403])
})

test('it closes at once, whoever is still waiting', async () => {
  const api = await startMessagesApi({ script: inTurn(hang(), slow(60_000, approve())) })
  const asked = [1, 2].map(() => post(`${api.url}/v1/messages`, question).catch(() => 'cut'))
  await api.waitForCalls(2)
  await api.close()
  expect(await Promise.all(asked)).toEqual(['cut', 'cut'])
  await expect(fetch(api.url)).rejects.toThrow()
})
