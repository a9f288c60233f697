import { decide } from '@countersign/egress/guard/decide'
import { setSandbox } from '@countersign/egress/guard/sandbox'
import { targetOf } from '@countersign/egress/guard/target'
import { Config, loadConfig } from '@countersign/runtime/config'
import { expect, test } from 'vitest'

test('S1-24 no setting turns the write guard off', () => {
  expect(Object.keys(Config.shape).filter((key) => /guard_(en|dis)abled/i.test(key))).toEqual([])
  for (const key of ['PLANE_WRITE_GUARD_ENABLED', 'plane_write_guard_enabled', 'GUARD_DISABLED']) {
    expect(() => loadConfig({ [key]: 'false' })).toThrow(`There is no ${key}`)
  }
})

test('S1-12 the sandbox is closed unless it is opened by name', () => {
  const { TEST_WRITE_ENABLED: isOpen, TEST_WRITE_ALLOWLIST: allowlist } = loadConfig({})
  expect({ isOpen, allowlist }).toEqual({ isOpen: false, allowlist: ['sandbox'] })
})

test('no entry of the allowlist names everything', () => {
  expect(() => loadConfig({ TEST_WRITE_ALLOWLIST: 'sandbox,*' })).toThrow('TEST_WRITE_ALLOWLIST')
})

test('S1-26 a test opens the sandbox by a fixture; opening it by configuration opens no production', () => {
  const config = loadConfig({ TEST_WRITE_ENABLED: 'true', PLANE_PROJECT_ID: 'production' })
  setSandbox({ isOpen: config.TEST_WRITE_ENABLED, allowlist: config.TEST_WRITE_ALLOWLIST })
  const project = (id: string) => targetOf('tracker', config.PLANE_BASE_URL, 'acme', id)
  expect(decide(project('production'), 'set-state')).toEqual([false, 'prod-project-in-test'])
  expect(decide(project('sandbox'), 'set-state')).toEqual([true, 'sandbox-allowed'])
})
