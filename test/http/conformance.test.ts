import { expect, test } from 'vitest'
import { createDrawing } from '../support/conformance/create-drawing.ts'
import { drawRequest } from '../support/conformance/draw-request.ts'
import { createJudge } from '../support/conformance/judge-answer.ts'
import { type Document, listOperations, type Operation } from '../support/conformance/operations.ts'
import { startWorld } from '../support/conformance/start-world.ts'
import { createDice } from '../support/dice.ts'

/** Another seed draws other requests: what it finds, it finds again. */
const seed = Number(process.env.CONFORMANCE_SEED ?? 1)

test('every answer is one that the OpenAPI document describes, whoever asks for whatever', async () => {
  const { service, ids, admin, acquaintances, strangers } = await startWorld()
  const document: Document = (await service.send('GET', '/openapi.json')).body
  const judge = createJudge(document)
  const dice = createDice(seed)
  const granted = new Set<string>()

  const draw = async (operation: Operation) => {
    const drawing = createDrawing({ document, ids, dice, operation })
    const requests = []
    for (const caller of [dice.pick(strangers), dice.pick(acquaintances), admin]) {
      const isFitting = caller === admin || dice.chance(0.5)
      requests.push({ ...caller, ...(await drawRequest(drawing, operation, isFitting)) })
    }
    return requests
  }

  const wrong: string[] = []
  for (const operation of listOperations(document)) {
    const requests = await draw(operation)
    const asked = requests.map(async ({ name, send, method, path, options }) => {
      const answer = await send(method, path, options)
      if (answer.status < 300) granted.add(`${method} ${operation.path}`)
      const sent = `${method} ${path} ${JSON.stringify(options)}`.slice(0, 400)
      const flaws = judge(operation, answer)
      wrong.push(...flaws.map((flaw) => `${answer.status} to ${name} for ${sent}: ${flaw}`))
    })
    await Promise.all(asked)
  }
  expect(wrong).toEqual([])
  // Otherwise it would be refusals that are compared with refusals.
  expect(granted.size).toBeGreaterThan(50)
})
