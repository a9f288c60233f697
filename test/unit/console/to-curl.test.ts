import { spawnSync } from 'node:child_process'
import { toCurl } from '@countersign/console/session/to-curl'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test('a shell reads every argument as it was sent', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 30 }).filter((text) => !text.includes('\0')),
      (text) => {
        const url = 'https://sign.example.com/api/store/entities'
        const line = toCurl({ method: 'POST', url, form: [['description', text]] })
        const script = line.replace(/^curl/, "printf '%s\\0'")
        const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' })
        expect(stdout.split('\0')).toContain(`description=${text}`)
      },
    ),
    { numRuns: 25 },
  )
})

test('no password and no token is in it', () => {
  const url = 'https://sign.example.com/api/auth/token'
  const body = JSON.stringify({ email: 'a@example.com', password: 'secret "quoted"' })
  const line = toCurl({ method: 'POST', url, body })
  expect(line).not.toContain('secret')
  expect(line).toContain('$COUNTERSIGN_TOKEN')
  expect(line).toContain('a@example.com')
})
