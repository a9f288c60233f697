import { loadConfig } from '@countersign/runtime/config'
import { explainFailure } from '@countersign/runtime/explain-failure'
import { expect, test } from 'vitest'

const config = loadConfig({
  METRICS_PORT: '9464',
  DATABASE_URL: 'postgres://shop%20keeper:planted-url-password@db.example:5433/shop',
})
const failure = (fields: Readonly<Record<string, unknown>>) =>
  Object.assign(new Error('as the system says it'), fields)

test.each([
  [{ code: 'EADDRINUSE', syscall: 'listen', address: '127.0.0.1', port: 8080 }, /^PORT: another/],
  [
    { code: 'EADDRINUSE', syscall: 'listen', address: '::', port: 9464 },
    /^METRICS_PORT: .*:::9464/,
  ],
  [{ code: 'EACCES', syscall: 'listen', address: '0.0.0.0', port: 80 }, /^PORT: .*0\.0\.0\.0:80 /],
  [{ code: 'EROFS', syscall: 'mkdir', path: '/srv/scratch' }, /^DATA_DIR: \/srv\/scratch .*EROFS/],
  [{ code: 'ENOSPC', syscall: 'open', path: '/srv/scratch' }, /^DATA_DIR: .*Make room/],
  [{ code: 'ECONNREFUSED', syscall: 'connect' }, /^DATABASE_URL: no PostgreSQL .*db\.example:5433/],
  [{ code: 'CONNECT_TIMEOUT' }, /^DATABASE_URL: no PostgreSQL answers/],
  [{ code: '28P01' }, /^DATABASE_URL: .* refuses the password of "shop keeper"/],
  [{ code: '3D000' }, /^DATABASE_URL: there is no database "shop"/],
  [{ code: '42501' }, /^DATABASE_URL: .*may not make tables in "shop"/],
  [{ code: '53300' }, /DATABASE_POOL_MAX/],
] as const)('a start that fails with %j is explained by the key', (fields, expected) => {
  const reason = explainFailure(failure(fields), config)
  expect(reason).toMatch(expected)
  expect(reason).not.toMatch(/planted|\n/)
})

test.each([
  { code: 'ERR_INVALID_ARG_TYPE' },
  { code: '42703' },
  {},
])('a start that fails with %j is left to its stack', (fields) => {
  expect(explainFailure(failure(fields), config)).toBeUndefined()
})
