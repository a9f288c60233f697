import { ExecutionStatus } from '@countersign/core/approvals/executions/execution'
import { TurnStatus } from '@countersign/core/approvals/sessions/turn'
import { ApprovalStatus } from '@countersign/core/approvals/tickets/approval'
import { VisibilityStatus } from '@countersign/core/store/entity'
import { openStatuses, submissionMachine } from '@countersign/core/submissions/submission'
import * as approvals from '@countersign/db/schema/approvals'
import * as batches from '@countersign/db/schema/batches'
import * as identity from '@countersign/db/schema/identity'
import * as notices from '@countersign/db/schema/notices'
import * as operations from '@countersign/db/schema/operations'
import * as record from '@countersign/db/schema/record'
import * as store from '@countersign/db/schema/store'
import * as submissions from '@countersign/db/schema/submissions'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { createDatabase } from '../../support/database.ts'

const modules = [approvals, batches, identity, notices, operations, record, store, submissions]
const tables = modules.flatMap((module) => Object.values(module as Record<string, PgTable>))
const declared = tables.map((table) => getTableConfig(table))

/** Tables that no repository of ours reads: they belong to the migrator. */
const unmapped = ['migrations']

test.each(declared)('the schema agrees with the migrations on $name', async ({ name, columns }) => {
  const db = await createDatabase()
  const migrated = await db.$client`
    select column_name as name, is_nullable = 'NO' as "notNull",
      case when data_type = 'ARRAY' then 'array' else udt_name end as type
    from information_schema.columns
    where table_schema = 'public' and table_name = ${name} order by column_name`

  const ours = columns.map(({ name, notNull, getSQLType }, index) => ({
    name,
    notNull,
    type: typeNames[columns[index]?.getSQLType() ?? getSQLType()] ?? columns[index]?.getSQLType(),
  }))
  expect(ours.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([...migrated])
})

test('every table of the migrations is in the schema', async () => {
  const db = await createDatabase()
  const rows = await db.$client<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public'`
  const names = rows.map(({ name }) => name).filter((name) => !unmapped.includes(name))
  expect(names.sort()).toEqual(declared.map(({ name }) => name).sort())
})

test.each([
  ['submissions_status_check', submissionMachine.statuses],
  ['entities_visibility_status_check', VisibilityStatus.options],
  ['approvals_status_check', ApprovalStatus.options],
  ['executions_status_check', ExecutionStatus.options],
  ['turns_status_check', TurnStatus.options],
])('%s lists the same statuses as the core', async (constraint, statuses) => {
  expect(await statusesIn(constraint)).toEqual([...statuses].sort())
})

test('the index that allows one open review speaks of the open statuses', async () => {
  const db = await createDatabase()
  const [row] = await db.$client<{ indexdef: string }[]>`
    select indexdef from pg_indexes where indexname = 'submissions_open'`
  expect(quoted(row?.indexdef ?? '')).toEqual([...openStatuses].sort())
})

const typeNames: Record<string, string> = {
  integer: 'int4',
  bigint: 'int8',
  smallint: 'int2',
  real: 'float4',
  boolean: 'bool',
  'timestamp with time zone': 'timestamptz',
  'numeric(12, 6)': 'numeric',
  'text[]': 'array',
}

async function statusesIn(constraint: string): Promise<string[]> {
  const db = await createDatabase()
  const [row] = await db.$client<{ definition: string }[]>`
    select pg_get_constraintdef(oid) as definition from pg_constraint where conname = ${constraint}`
  return quoted(row?.definition ?? '')
}

function quoted(definition: string): string[] {
  return [...definition.matchAll(/'(\w+)'::text/g)].map((match) => match[1] ?? '').sort()
}
