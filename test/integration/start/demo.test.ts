import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { createFolder } from '../../support/create-folder.ts'
import { runProgram } from '../../support/run-program.ts'

test('npm run demo -- --exit shows five verdicts, each with its link, and leaves nothing behind', async () => {
  const scratch = await createFolder()
  const told = await runProgram(['npm', 'run', '--silent', 'demo', '--', '--exit'], {
    env: { ...process.env, TMPDIR: scratch },
    timeoutMs: 110_000,
  })
  expect(told).toContain('No model is asked: a local server speaks the Messages API')
  const verdicts = told.match(/^ {4}(\w+)(?=[,: ]|$)/gm)?.map((line) => line.trim())
  expect(verdicts?.filter((word) => !word.startsWith('http'))).toEqual([
    'approved',
    'blocked_inline',
    'blocked_llm',
    'blocked_inline',
    'approved',
  ])
  expect(told.match(/^ {4}http:\/\/127\.0\.0\.1:\d+\/console\/entities\/\S+$/gm)).toHaveLength(5)
  expect(told).toMatch(/version 2 is served/)
  const left = await readdir(scratch)
  expect(left.filter((name) => name.startsWith('countersign'))).toEqual([])
})
