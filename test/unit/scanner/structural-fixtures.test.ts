import type { Finding } from '@countersign/core/guardrails/finding'
import { inspectTree } from '@countersign/scanner/inspect-tree'
import { expect, test } from 'vitest'
import { structuralFixtures } from './structural-fixtures.ts'
import { aSkill, aSubject } from './tree.ts'

const grave = new Set(['medium', 'high', 'critical'])

async function findingsOf(files: Record<string, string | Uint8Array>): Promise<Finding[]> {
  const { checks } = await inspectTree(await aSubject(files))
  return checks.static_security.findings.filter(({ severity }) => grave.has(severity))
}

test('the bundle that the tricks are played on has nothing in it', async () => {
  expect(await findingsOf({ 'SKILL.md': aSkill() })).toEqual([])
})

test.each(Object.entries(structuralFixtures))('%s does not go unseen', async (_, files) => {
  expect(await findingsOf(files)).not.toEqual([])
})
