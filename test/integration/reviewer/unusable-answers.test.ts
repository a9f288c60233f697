import {
  answer,
  approve,
  missing,
  type Reply,
  refusal,
  resolveReply,
  say,
  toolCall,
  truncated,
  wrongReceipt,
} from '@countersign/demo/model-replies'
import { expect, test } from 'vitest'
import { failureOf } from '../../support/messages-api.ts'

const json = { 'content-type': 'application/json' }

/** A sound answer with something before it, or in the place of its first characters. */
function answerAfter(words: string, from = 0): Reply {
  return async (request) => {
    const { body } = await resolveReply(approve(), request)
    const [block] = Object(body).content
    return say(words + block.text.slice(from))
  }
}

/** A sound answer as the input of some tool. */
function callOf(name: string): Reply {
  return async (request) => resolveReply(toolCall(), { ...request, toolName: name })
}

/** The content of two answers in one message. */
function together(one: Reply, other: Reply): Reply {
  return async (request) => {
    const reply = await resolveReply(one, request)
    const { body } = await resolveReply(other, request)
    const first = Object(reply.body)
    const content = [...first.content, ...Object(body).content]
    return { ...reply, body: { ...first, content } }
  }
}

const notJson = /not JSON/
const unfit = /does not fit its schema/
const otherReceipt = /receipt of its prompt/
const aFinding = { severity: 'low', category: 'other', file: 'SKILL.md', explanation: 'x' }

test.each<[string, RegExp, Reply]>([
  ['prose', notJson, say('I approve of this bundle.')],
  ['nothing', notJson, say('')],
  ['words before the JSON', notJson, answerAfter('Here you are: ')],
  ['JSON in a code fence', notJson, answerAfter('```json\n')],
  ['half of the JSON', /cut off/, truncated()],
  ['half of the JSON that claims to be whole', notJson, say('{"risk_level":"safe","summ')],
  ['two risks', notJson, answerAfter('{"risk_level":"critical",', 1)],
  ['a refusal', /refused/, refusal()],
  ['a pause', /pause_turn/, say('{}', 'pause_turn')],
  ['a full context', /cut off/, say('{}', 'model_context_window_exceeded')],
  ['an empty object', /not a message/, { status: 200, body: {} }],
  ['a body that is not JSON', /not JSON/, { status: 200, body: 'OK', headers: json }],
  ['a list', unfit, answer((sound) => [sound])],
  ['null', unfit, answer(() => null)],
  ['the receipt of another prompt', otherReceipt, wrongReceipt()],
  ['no receipt', unfit, missing('receipt')],
  ['no risk level', unfit, missing('risk_level')],
  ['no summary', unfit, missing('summary')],
  ['no findings', unfit, missing('findings')],
  ['no word on quality', unfit, missing('content_quality')],
  ['an unknown risk level', unfit, approve({ risk_level: 'none' })],
  ['an unknown severity', unfit, approve({ findings: [{ ...aFinding, severity: 'SAFE' }] })],
  ['an unknown quality', unfit, approve({ content_quality: { verdict: 'ok', issues: [] } })],
  ['a finding without words', unfit, approve({ findings: [{ ...aFinding, explanation: null }] })],
  ['a call with another receipt', otherReceipt, toolCall({ receipt: 'other' })],
  ['a call of another tool', notJson, callOf('bash')],
  ['two calls', notJson, together(toolCall(), toolCall())],
  ['an answer beside a call of another tool', notJson, together(approve(), callOf('bash'))],
])('%s is no answer', async (_name, why, script) => {
  const { failure } = await failureOf(script)
  expect(failure.kind).toBe('no_answer')
  expect(failure.message).toMatch(why)
})

test('an unusable answer tells what it cost', async () => {
  const { failure } = await failureOf(wrongReceipt())
  expect(failure.usage?.costUsd).toBeGreaterThan(0)
  expect(failure.requestId).toMatch(/^req_/)
})
