import { describe, expect, test } from 'vitest'
import { shareDecisions } from '../../support/decisions.ts'
import { aSkillWithTools } from '../../support/obedient-model.ts'
import { told } from '../../support/told.ts'

const { service, aSubmission } = shareDecisions()

const reason = 'looked at by hand'

describe('every decision', () => {
  const decisions = [
    ['override', { reason }],
    ['approve', {}],
    ['reject', { reason }],
    ['retry', undefined],
    ['rescan', {}],
  ] as const

  test.each(decisions)('TRAP 7: 412 of %s on what was not seen as it is', async (what, json) => {
    const { decide, read } = await aSubmission(aSkillWithTools())
    const { revision, status } = await read()
    for (const match of [`"${revision - 1}"`, `"${revision - 1}", "${revision + 1}"`]) {
      const stale = await decide(what, json, { 'if-match': match })
      expect(told(stale)).toEqual([412, 'precondition_failed'])
    }
    expect(await read()).toMatchObject({ revision, status })
  })

  test.each(
    decisions,
  )('403 of %s for anybody but an admin, 404 for nothing', async (what, json) => {
    const { ada, admin, path } = await aSubmission(aSkillWithTools())
    const agent = await service().asAgentOf(admin)
    for (const person of [ada, agent]) {
      const answer = await person.send('POST', `${path}/${what}`, json && { json })
      expect(told(answer)).toEqual([403, 'forbidden'])
    }
    const nowhere = path.replace(/.{12}$/, '000000000000')
    const missing = await admin.send('POST', `${nowhere}/${what}`, json && { json })
    expect(told(missing)).toEqual([404, 'not_found'])
  })

  test('of two admins at once one decides', async () => {
    const { decide, read } = await aSubmission(aSkillWithTools())
    const { revision } = await read()
    const seen = { 'if-match': `"${revision - 1}", "${revision}"` }
    const answers = await Promise.all([
      decide('approve', {}, seen),
      decide('reject', { reason }, seen),
      decide('override', { reason }, seen),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(2)
  })
})
