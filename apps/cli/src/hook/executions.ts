import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HookInput } from './hook-input.ts'

/** Keeps which execution a tool call is, for the hook that hears how the call ended. */
export async function keepExecution(call: HookInput, executionId: string): Promise<void> {
  if (!call.toolUseId) return
  await mkdir(folder(), { recursive: true, mode: 0o700 })
  await writeFile(fileOf(call), executionId, { mode: 0o600 })
}

/** The execution that was kept for a tool call, once. */
export async function takeExecution(call: HookInput): Promise<string | undefined> {
  try {
    const executionId = await readFile(fileOf(call), 'utf8')
    await rm(fileOf(call), { force: true })
    return executionId
  } catch {
    return undefined
  }
}

function folder(): string {
  return join(tmpdir(), `countersign-hook-${process.getuid?.() ?? 0}`)
}

function fileOf({ sessionId, toolUseId }: HookInput): string {
  const name = createHash('sha256').update(`${sessionId}\n${toolUseId}`).digest('hex')
  return join(folder(), name)
}
