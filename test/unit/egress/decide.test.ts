import { readdir, readFile } from 'node:fs/promises'
import { decide } from '@countersign/egress/guard/decide'
import { closedSandbox, readSandbox, setSandbox } from '@countersign/egress/guard/sandbox'
import { type Target, targetOf } from '@countersign/egress/guard/target'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openSandbox } from '../../support/open-sandbox.ts'

const tracker = (project: string) => targetOf('tracker', 'https://plane.example', 'acme', project)
const sandboxed = tracker('sandbox')
const production = tracker('5f1c0c5e-production')

test('S1-01 the decision is made of nothing that could touch the world', async () => {
  const folder = new URL('../../../packages/egress/src/guard/', import.meta.url)
  const judging = ['decide', 'runtime', 'sandbox', 'target', 'test-marks'].map(
    (name) => `${name}.ts`,
  )
  expect(await readdir(folder)).toEqual(expect.arrayContaining(judging))
  for (const name of judging) {
    const source = await readFile(new URL(name, folder), 'utf8')
    const imports = [...source.matchAll(/from '([^']+)'/g)].map((match) => match[1])
    expect(imports.every((path) => judging.includes(path?.replace('./', '') ?? ''))).toBe(true)
    expect(source).not.toMatch(/\b(async|await|fetch|import\(|process\.(stdout|stderr|binding))\b/)
  }
})

describe('S1-02 the decision never throws', () => {
  test('whatever the target is', () => {
    openSandbox()
    const hostile = new Proxy({}, { has: refuse, get: refuse })
    for (const target of [null, undefined, Number.NaN, Symbol('target'), hostile]) {
      expect(decide(target, 'write')[0]).toBe(false)
    }
    fc.assert(fc.property(fc.anything(), fc.string(), (target, op) => !decide(target, op)[0]))
  })

  test('whatever the settings are', () => {
    const broken = [null, undefined, 1, 'open', { isOpen: true }, { isOpen: true, allowlist: 1 }]
    for (const settings of broken) {
      setSandbox(settings as never)
      const [isAllowed, reason] = decide(sandboxed, 'write')
      expect(isAllowed).toBe(false)
      expect(['guard-error', 'opt-in-disabled']).toContain(reason)
    }
  })
})

test('S1-03 the decision is taken anew at every call', () => {
  expect(decide(sandboxed, 'write')).toEqual([false, 'opt-in-disabled'])
  openSandbox()
  expect(decide(sandboxed, 'write')).toEqual([true, 'sandbox-allowed'])
  setSandbox(closedSandbox)
  expect(decide(sandboxed, 'write')).toEqual([false, 'opt-in-disabled'])
})

test('S1-08 a test may write to nothing, neither sandbox nor production', () => {
  for (const target of [sandboxed, production, null]) {
    expect(decide(target, 'write')).toEqual([false, 'opt-in-disabled'])
  }
})

test('S1-09 a test writes to what is named once the sandbox is open, and to nothing else', () => {
  openSandbox(['sandbox', 'hooks.example:8443', 'http://gateway.example:*', 'me@example.com'])
  const named: Target[] = [
    sandboxed,
    targetOf('webhook', 'https://hooks.example:8443/some/path'),
    targetOf('webhook', 'http://gateway.example:1234'),
    targetOf('webhook', 'http://127.0.0.1:4000/hook'),
    targetOf('email', 'smtp://mail.example', 'me@example.com'),
  ]
  for (const target of named) expect(decide(target, 'send')).toEqual([true, 'sandbox-allowed'])
  const others: Target[] = [
    targetOf('webhook', 'https://hooks.example/some/path'),
    targetOf('webhook', 'https://gateway.example:1234'),
    targetOf('webhook', 'https://127.0.0.1.example/'),
    targetOf('email', 'smtp://mail.example', 'you@example.com'),
    targetOf('tracker', 'https://plane.example', 'sandbox', 'another'),
  ]
  for (const target of others)
    expect(decide(target, 'send')).toEqual([false, 'prod-project-in-test'])
})

test('S1-10 an open sandbox unlocks no production, not even on this very machine', () => {
  openSandbox()
  expect(decide(production, 'write')).toEqual([false, 'prod-project-in-test'])
  const local = targetOf('tracker', 'http://127.0.0.1:3000', 'acme', '5f1c0c5e-production')
  expect(decide(local, 'write')).toEqual([false, 'prod-project-in-test'])
})

test('S1-11 a target that is not told apart is refused', () => {
  openSandbox()
  const vague = [
    null,
    undefined,
    '',
    '  ',
    {},
    tracker(''),
    tracker(' \t'),
    { kind: 'tracker', id: '' },
  ]
  for (const target of vague) expect(decide(target, 'write')).toEqual([false, 'ambiguous-target'])
})

test('S1-12 the sandbox is closed by default, and names one thing', () => {
  expect(closedSandbox).toEqual({ isOpen: false, allowlist: ['sandbox'] })
})

test('S1-13 credentials neither change the decision nor get into the record', () => {
  openSandbox(['hooks.example'])
  const plain = targetOf('webhook', 'https://other.example/')
  const carrying = targetOf('webhook', 'https://live-token:secret@other.example/hooks/T0K3N')
  expect(carrying).toEqual(plain)
  expect(decide(carrying, 'deliver')).toEqual([false, 'prod-project-in-test'])
})

describe('S1-20 under every test lies a floor', () => {
  test('a test that opens the sandbox opens it for itself (S1-21)', () => {
    openSandbox()
    expect(readSandbox().isOpen).toBe(true)
  })

  test('and the next one finds it closed', () => {
    expect(readSandbox()).toEqual(closedSandbox)
  })

  test('and no socket of a test reaches another machine', async () => {
    await expect(fetch('http://192.0.2.1:8080/')).rejects.toMatchObject({
      cause: { code: 'ENETFLOOR' },
    })
  })
})

function refuse(): never {
  throw new Error('The target does not want to be looked at.')
}
