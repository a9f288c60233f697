import { expect, test } from 'vitest'
import { aSkill, zip } from '../support/bundles.ts'
import { startService } from '../support/start-service.ts'

test('two versions are compared for their owner and for admins, and for nobody else', async () => {
  const service = await startService({ env: { GUARDRAILS_ENABLED: 'false' } })
  const owner = await service.asSomebody()
  const { body: entity } = await owner.submit(aSkill({ extra: { 'a.md': 'one\ntwo\n' } }))
  const bytes = await zip(aSkill({ extra: { 'a.md': 'one\n2\n', 'b.md': 'new\n' } }))
  const form = { file: { bytes, fileName: 'bundle.zip' } }
  const edited = await owner.send('PUT', `/api/store/entities/${entity.id}`, { form })
  expect(edited.body.version_no).toBe(2)

  const diff = `/api/store/entities/${entity.id}/diff`
  const { status, body } = await (await service.asAdmin()).send('GET', `${diff}?from=1&to=2`)
  expect(status).toBe(200)
  const changeOf = (name: string) =>
    body.files.find(({ path }: { path: string }) => path.endsWith(name))
  expect(changeOf('a.md')).toMatchObject({ change: 'modified', from_path: null, note: null })
  expect(changeOf('a.md').patch).toContain('-two\n+2\n')
  expect(changeOf('b.md')).toMatchObject({ change: 'added' })

  expect((await owner.send('GET', `${diff}?from=2&to=2`)).body).toEqual({ files: [] })
  const missing = await owner.send('GET', `${diff}?from=1&to=7`)
  expect(missing).toMatchObject({ status: 404, body: { code: 'version_not_found' } })
  expect((await owner.send('GET', `${diff}?from=1&to=x`)).status).toBe(422)
  expect((await owner.send('GET', diff)).status).toBe(422)
  const stranger = await service.asSomebody()
  expect((await stranger.send('GET', `${diff}?from=1&to=2`)).status).toBe(403)
})
