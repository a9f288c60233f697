import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSecretToken } from '@countersign/core/identity/secret-token'
import { expect, test } from 'vitest'
import { createFolder } from '../../support/create-folder.ts'
import { findSecrets } from '../../support/find-secrets.ts'

async function writeLog(lines: readonly string[]): Promise<string> {
  const dir = await createFolder()
  const path = join(dir, 'service.log')
  await writeFile(path, lines.map((line) => `${line}\n`).join(''))
  return path
}

test('every secret that a log holds is found, and not repeated', async () => {
  const token = createSecretToken()
  const link = randomBytes(24).toString('base64url')
  const found = await findSecrets(
    await writeLog([
      `{"msg":"request completed","authorization":"Bearer ${token}"}`,
      '{"msg":"logged in","password":"correct horse battery"}',
      `{"url":"/answer/${link}"}`,
      '{"url":"/api/store/entities"}',
    ]),
  )
  expect(found.map((line) => line.split(':')[0])).toEqual([
    'a token of ours',
    'a password',
    'the link in a letter',
  ])
  expect(found.join('\n')).not.toContain(token)
  expect(found.join('\n')).not.toContain(link)
})

test('a log without secrets, or none at all, holds none', async () => {
  expect(await findSecrets(await writeLog(['{"url":"/answer/:token"}']))).toEqual([])
  expect(await findSecrets('/nowhere/service.log')).toEqual([])
})
