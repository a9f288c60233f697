import { existsSync, readFileSync } from 'node:fs'
import { cp, symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createFolder } from '../../support/create-folder.ts'
import { runProgram } from '../../support/run-program.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const [, buildStage = ''] = readFileSync(join(root, 'Dockerfile'), 'utf8').split('\nFROM ')

test('what the Dockerfile copies is enough to build the console of the image from', async () => {
  const copied = [...buildStage.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, paths = '']) =>
    paths.split(' '),
  )
  const [, program = ''] = /node -e "(.+ensureConsole.+)"/.exec(buildStage) ?? []
  expect(copied).toContain('apps')

  const app = await createFolder()
  const isSource = (path: string) => !['node_modules', 'dist'].includes(basename(path))
  for (const path of copied) {
    await cp(join(root, path), join(app, path), { recursive: true, filter: isSource })
  }
  await symlink(join(root, 'node_modules'), join(app, 'node_modules'))
  await runProgram([process.execPath, '-e', program], { cwd: app, timeoutMs: 120_000 })
  expect(existsSync(join(app, 'apps/console/dist/index.html'))).toBe(true)
})
