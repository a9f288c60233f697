import { executionMachine } from '@countersign/core/approvals/executions/execution'
import { turnMachine } from '@countersign/core/approvals/sessions/turn'
import { approvalMachine } from '@countersign/core/approvals/tickets/approval'
import { errorCatalog } from '@countersign/core/errors'
import { describeRules } from '@countersign/core/guardrails/report/describe-rules'
import { submissionMachine } from '@countersign/core/submissions/submission'
import { Config } from '@countersign/runtime/config'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { describeMetrics } from '../support/describe-metrics.ts'

/** Documents that are written from code. `npm test -- -u` rewrites them; the gate fails where they lag behind. */

test('docs/generated/state-machines.md', async () => {
  const machines = {
    Submission: submissionMachine.table,
    Approval: approvalMachine.table,
    Execution: executionMachine.table,
    Turn: turnMachine.table,
  }
  const sections = Object.entries(machines).map(
    ([noun, table]) => `## ${noun}\n\n\`\`\`mermaid\n${diagram(table)}\n\`\`\`\n`,
  )
  await expect(`# State machines\n\n${sections.join('\n')}`).toMatchFileSnapshot(
    '../../docs/generated/state-machines.md',
  )
})

test('docs/generated/problems.md', async () => {
  const rows = Object.entries(errorCatalog).map(
    ([code, { kind, title }]) => `| \`${code}\` | ${kind} | ${title} |`,
  )
  const table = ['| code | kind | title |', '| --- | --- | --- |', ...rows].join('\n')
  await expect(`# Problems\n\n${table}\n`).toMatchFileSnapshot('../../docs/generated/problems.md')
})

test('docs/guides/rules.md', async () => {
  await expect(describeRules()).toMatchFileSnapshot('../../docs/guides/rules.md')
})

test('docs/generated/configuration.md', async () => {
  const rows = settings().map(
    ({ key, fallback, meaning }) =>
      `| \`${key}\` | ${fallback ? `\`${fallback}\`` : ''} | ${meaning} |`,
  )
  const table = ['| key | default | meaning |', '| --- | --- | --- |', ...rows].join('\n')
  await expect(`# Configuration\n\n${table}\n`).toMatchFileSnapshot(
    '../../docs/generated/configuration.md',
  )
})

test('docs/generated/metrics.md', async () => {
  const rows = (await describeMetrics()).map(
    ({ name, type, labels, help }) => `| \`${name}\` | ${type} | ${labels.join(', ')} | ${help} |`,
  )
  const table = ['| metric | type | labels | question |', '| --- | --- | --- | --- |', ...rows]
  await expect(`# Metrics\n\n${table.join('\n')}\n`).toMatchFileSnapshot(
    '../../docs/generated/metrics.md',
  )
})

test('.env.example', async () => {
  const lines = settings().map(
    ({ key, fallback, meaning }) => `# ${meaning}\n#${key}=${fallback}\n`,
  )
  await expect(lines.join('\n')).toMatchFileSnapshot('../../.env.example')
})

function settings() {
  const { properties = {} } = z.toJSONSchema(Config, { io: 'input', unrepresentable: 'any' })
  return Object.entries(properties).map(([key, property]) => {
    const { description = '', default: value = '' } = property as {
      description?: string
      default?: unknown
    }
    return { key, fallback: String(value), meaning: description }
  })
}

function diagram(table: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  const arrows = Object.entries(table).flatMap(([from, row]) =>
    Object.entries(row).map(([event, to]) => `  ${from} --> ${to}: ${event}`),
  )
  return ['stateDiagram-v2', ...arrows].join('\n')
}
