import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type ApprovalMode,
  type Client,
  ConflictingMode,
  createClient,
  type Thread,
} from '@countersign/sdk'
import { describe, expect, test } from 'vitest'
import { startGate } from '../../support/approvals.ts'
import { createFolder } from '../../support/create-folder.ts'
import { until } from '../../support/until.ts'

const bypass = 'dangerously_bypass_approvals_and_sandbox'
const nothing = async () => {}

describe('threads of an agent’s program, over HTTP', () => {
  test('S3-01: a mode that there is not is refused, with a list of those there are', async () => {
    const { client } = await openThreads()
    const refused = client.threads.start({ approval_mode: 'yolo' })
    await expect(refused).rejects.toThrow(/deny_all, auto_review, .*dangerously_bypass/)
  })

  test('S3-03: a thread begins with auto_review where nothing is said', async () => {
    const { client } = await openThreads()
    const thread = await client.threads.start()
    expect(await stateOf(thread)).toEqual(['auto_review', 'on_request', 'workspace_write'])
  })

  test('S3-02, S3-04: deny_all asks nobody, over a run and a resume that say nothing', async () => {
    const { thread } = await openThread('deny_all')
    await thread.run(nothing)
    await thread.resume()
    expect((await stateOf(thread)).slice(0, 2)).toEqual(['deny_all', 'never'])
  })

  test('S3-05: a fork that says nothing is another thread with the same mode', async () => {
    const { thread } = await openThread('deny_all')
    const fork = await thread.fork()
    expect(fork.id).not.toBe(thread.id)
    expect((await stateOf(fork)).slice(0, 2)).toEqual(['deny_all', 'never'])
  })

  test('S3-06: a fork with a mode of its own leaves its source as it was', async () => {
    const { thread } = await openThread('deny_all')
    const fork = await thread.fork({ approval_mode: 'auto_review' })
    expect((await stateOf(fork)).slice(0, 2)).toEqual(['auto_review', 'on_request'])
    expect((await stateOf(thread)).slice(0, 2)).toEqual(['deny_all', 'never'])
  })

  test('S3-02, S3-07: bypass is never to ask, with full access, after the first run too', async () => {
    const { thread } = await openThread(bypass)
    await thread.run(nothing)
    expect(await stateOf(thread)).toEqual([bypass, 'never', 'danger_full_access'])
  })

  test('S3-08: resume and fork keep the bypass, said again or not', async () => {
    const { thread } = await openThread(bypass)
    for (const options of [{ approval_mode: bypass }, {}]) {
      await thread.resume(options)
      const fork = await thread.fork(options)
      for (const one of [thread, fork]) {
        expect(await stateOf(one)).toEqual([bypass, 'never', 'danger_full_access'])
      }
    }
  })

  test('S3-09, S3-11: what a turn overrides, later turns keep, and one without rewrites nothing', async () => {
    const { thread } = await openThread()
    await thread.run(nothing, { approval_mode: 'deny_all' })
    const { version } = await thread.read()
    await thread.run(nothing)
    expect((await stateOf(thread)).slice(0, 2)).toEqual(['deny_all', 'never'])
    expect((await thread.read()).version).toBe(version)
  })

  test('S3-10: a bypass on a turn persists with its sandbox', async () => {
    const { thread } = await openThread()
    await thread.run(nothing, { approval_mode: bypass })
    expect(await stateOf(thread)).toEqual([bypass, 'never', 'danger_full_access'])
  })

  test('S3-12: a later override replaces the one before', async () => {
    const { thread } = await openThread('deny_all')
    await thread.run(nothing, { approval_mode: 'auto_review' })
    expect((await stateOf(thread)).slice(0, 2)).toEqual(['auto_review', 'on_request'])
  })

  test('S3-13: turns that are started side by side are told of each other', async () => {
    const { thread } = await openThread()
    const release = Promise.withResolvers<void>()
    const first = thread.run(() => release.promise)
    await until(async () => {
      expect((await thread.read({ include: 'turns' })).turns).toHaveLength(1)
    })
    await expect(thread.run(nothing)).rejects.toMatchObject({ code: 'turn_in_progress' })
    release.resolve()
    await first
    await thread.run(nothing)
    const { turns = [] } = await thread.read({ include: 'turns' })
    expect(turns.map(({ status }) => status)).toEqual(['completed', 'completed'])
  })

  test('S3-14, S3-16: bypass with a sandbox is refused before anything is sent', async () => {
    const { client, sent } = await openThreads()
    const options = { approval_mode: bypass, sandbox: 'read_only' as const }
    const refused = client.threads.start(options)
    await expect(refused).rejects.toBeInstanceOf(ConflictingMode)
    await expect(refused).rejects.toThrow('combined with sandbox')
    expect(sent).toEqual([])
    expect((await client.threads.list()).items).toEqual([])
    await expect(client.sessions.start(options)).rejects.toMatchObject({
      code: 'conflicting_sandbox',
      message: expect.stringContaining('combined with sandbox'),
    })
    expect((await client.threads.list()).items).toEqual([])
  })

  test('S3-15, S3-16: so is a turn with both, and the thread has no turn', async () => {
    const { thread, sent } = await openThread()
    const before = sent.length
    const options = { approval_mode: bypass, sandbox_policy: { type: 'read_only' as const } }
    await expect(thread.run(nothing, options)).rejects.toThrow('combined with sandbox_policy')
    expect(sent).toHaveLength(before)
    expect((await thread.read({ include: 'turns' })).turns).toEqual([])
  })

  test('S3-17, S3-19: deny_all writes no file, and the agent hears why and goes on', async () => {
    const { thread, write, path } = await openWorkspace('deny_all')
    const result = await thread.run((turn) => turn.attempt(write.question, write.effect))
    expect(result).toMatchObject({ ok: false, error: expect.any(String) })
    await expect(readFile(path, 'utf8')).rejects.toThrow('ENOENT')
    const { turns = [] } = await thread.read({ include: 'turns' })
    expect(turns.map(({ status }) => status)).toEqual(['completed'])
  })

  test('S3-18: with the bypass the same write is made, to the byte', async () => {
    const { thread, write, path } = await openWorkspace(bypass)
    const result = await thread.run((turn) => turn.attempt(write.question, write.effect))
    expect(result).toEqual({ ok: true, value: undefined })
    expect(await readFile(path, 'utf8')).toBe('outside\n')
  })
})

/** A program that uses the client, of a person: an agent may not set a bypass. */
async function openThreads() {
  const { service, ada } = await startGate()
  const sent: string[] = []
  const client = createClient({
    baseUrl: service.url,
    token: ada.token,
    fetch: (input, init) => {
      if (init?.method !== 'GET') sent.push(`${init?.method} ${new URL(String(input)).pathname}`)
      return fetch(input, init)
    },
  })
  return { client, sent }
}

async function openThread(mode?: ApprovalMode) {
  const opened: { client: Client; sent: string[] } = await openThreads()
  return {
    ...opened,
    thread: await opened.client.threads.start(mode ? { approval_mode: mode } : {}),
  }
}

/** A write outside of the workspace. */
async function openWorkspace(mode: ApprovalMode) {
  const dir = await createFolder()
  const path = join(dir, 'outside.txt')
  const context = { path, workspace_root: join(dir, 'workspace') }
  const write = {
    question: { action: 'fs.write', context },
    effect: () => writeFile(path, 'outside\n'),
  }
  return { ...(await openThread(mode)), write, path }
}

async function stateOf(thread: Thread) {
  const { approval_mode: mode, approval_policy: policy, sandbox } = await thread.read()
  return [mode, policy, sandbox.type]
}
