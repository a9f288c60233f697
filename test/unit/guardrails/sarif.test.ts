import { buildSarif } from '@countersign/core/guardrails/report/build-sarif'
import { rules } from '@countersign/core/guardrails/rules'
import { inspectTree } from '@countersign/scanner/inspect-tree'
import type { Log } from 'sarif'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { aSkill, aSubject } from '../scanner/tree.ts'

/** What SARIF 2.1.0 allows of the parts that we write; nothing else may stand in them. */
const Text = z.strictObject({ text: z.string().min(1) })
const Level = z.enum(['none', 'note', 'warning', 'error'])
const Uri = z.string().regex(/^(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9A-F]{2})+$/, 'is no URI')
const Line = z.int().min(1)
const SarifRule = z.strictObject({
  id: z.string(),
  name: z.string().optional(),
  shortDescription: Text.optional(),
  fullDescription: Text.optional(),
  help: Text.optional(),
  defaultConfiguration: z.strictObject({ level: Level }).optional(),
  properties: z.looseObject({}).optional(),
})
const Region = z.strictObject({ startLine: Line, endLine: Line, snippet: Text.optional() })
const Result = z.strictObject({
  ruleId: z.string(),
  ruleIndex: z.int().min(-1),
  level: Level,
  message: Text,
  locations: z
    .array(
      z.strictObject({
        physicalLocation: z.strictObject({
          artifactLocation: z.strictObject({ uri: Uri }),
          region: Region.optional(),
        }),
      }),
    )
    .optional(),
  partialFingerprints: z.record(z.string(), z.string()),
  properties: z.looseObject({}),
})
const SarifLog = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string(),
          semanticVersion: z.string(),
          version: z.string(),
          rules: z.array(SarifRule),
        }),
      }),
      columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
      results: z.array(Result),
    }),
  ),
})

/** One bundle in which as many rules as possible find something. */
async function aCrowdedBundle() {
  const bad = rules.filter(({ example }) => !example.path).map(({ example }) => example.bad)
  const files = { 'SKILL.md': aSkill(bad.join('\n\n')), 'über uns/[1] a#b?.md': bad.join('\n\n') }
  const { checks } = await inspectTree(await aSubject(files))
  return Object.values(checks).flatMap(({ findings }) => findings)
}

test('a report is SARIF 2.1.0, by its types and member for member', async () => {
  const findings = await aCrowdedBundle()
  expect(new Set(findings.map(({ ruleId }) => ruleId)).size).toBeGreaterThan(30)
  const log: Log = buildSarif([{ root: 'bundles/a b', findings }], 'version')
  expect(SarifLog.parse(JSON.parse(JSON.stringify(log)))).toEqual(log)
})

test('every result points at the rule that made it', async () => {
  const log = buildSarif([{ root: '', findings: await aCrowdedBundle() }], 'version')
  for (const { tool, results } of log.runs)
    for (const { ruleId, ruleIndex } of results)
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
})
