import {
  actionMap,
  barsOwner,
  findRule,
  highRiskActions,
  isGated,
  isHumanOnly,
} from '@countersign/core/approvals/actions/action-map'
import { expect, test } from 'vitest'

test('S4-01 the four actions of the first gate are in the one map, and gated', () => {
  const four = ['delete_workspace', 'deprovision_workspace', 'secret_write', 'org_token_mint']
  expect(four.filter(isGated)).toEqual(four)
  expect(four.filter(isHumanOnly)).toEqual(four)
  expect(isGated('read_the_news')).toBe(false)
})

test('S2-15 the ten high-risk actions are for people only', () => {
  expect(highRiskActions).toHaveLength(10)
  expect(highRiskActions.filter(isHumanOnly)).toEqual(highRiskActions)
})

test('every action of the map is found under its own name', () => {
  for (const [name, rule] of Object.entries(actionMap)) expect(findRule(name)).toBe(rule)
})

test('a tool of an agent is gated, whatever it is called', () => {
  expect(isGated('agent.tool.Bash')).toBe(true)
  expect(isGated('Agent.Tool.mcp__x__y')).toBe(true)
  expect(isHumanOnly('agent.tool.Bash')).toBe(false)
})

test('the owner of an agent decides on what reaches out, not on what destroys or rules', () => {
  const isBarred = (name: string) => barsOwner(findRule(name) ?? expect.unreachable(name))
  expect(['deploy_production', 'publish_package', 'agent.tool.Bash'].filter(isBarred)).toEqual([])
  const barred = ['delete_data', 'rotate_keys', 'delete_workspace', 'store.entity.hard_delete']
  expect(barred.filter(isBarred)).toEqual(barred)
})
