import { policyVersion } from '@countersign/core/guardrails/policy-version'
import type { Scored } from './scan-sample.ts'
import { groupSamples, heldOutSources, isHeldOut, operatingPoints, rate } from './score.ts'

/** Writes the results as Markdown: the goals first, then where they come from. */
export function describeResults(samples: readonly Scored[]): string {
  return [
    introduction,
    '## Operating points\n',
    describePoints(samples),
    '\n### Sources that rules were tuned on\n',
    describePoints(samples.filter((sample) => !isHeldOut(sample))),
    '\n### Sources held out\n',
    describePoints(samples.filter(isHeldOut)),
    '\n## Groups at each point (share with a hit, %)\n',
    describeGroups(samples),
    '\n## By source (block / block or human / any)\n',
    describeSources(samples),
    '\n## By family (bundles with a finding)\n',
    describeRules(samples, (id) => id.slice(0, id.indexOf('-'))),
    '\n## By rule (bundles with a finding)\n',
    describeRules(samples, (id) => id),
    '\n## Speed, one thread\n',
    describeSpeed(samples),
  ].join('\n')
}

const introduction = `# What the static stage finds

Written by \`npm run evaluate -- --write\`, under policy \`${policyVersion}\`. The corpus is real and constructed bundles,
much of it malware: it is read as bytes in a temporary folder and never run. Shares are percent of bundles. *Core* is what is
malicious by code or by plain words; *semantic* is what only a reader can judge. A *false positive* is an
honest skill with a hit. Rules name no sample, source or data set.

**Which figures to trust.** All rules were written over the sources that are not held out: their figures flatter. Of the
sources held out (${heldOutSources.values().toArray().join(', ')}) nobody reads the bundles. Their totals were
looked at after each change, and the names of the attack classes that were missed were seen once, before the
rules on evasion, excess and names were written: so even these figures are a little kinder than bundles that nobody has
seen will be. The lures hold some labels that nothing in the bundle bears out (a copy of an honest skill whose
author was banned): those that are found are found by an installer in the metadata that pipes a download into a shell.
`

function describePoints(samples: readonly Scored[]): string {
  const { core, benign } = groupSamples(samples)
  const rows = operatingPoints.map((point) => {
    const recall = rate(core, point)
    const falsePositives = rate(benign, point)
    const hits = (recall * core.length) / 100
    const precision = (100 * hits) / Math.max(1, hits + (falsePositives * benign.length) / 100)
    const isMet = recall >= point.recallMin && falsePositives <= point.falsePositivesMax
    return [
      point.name,
      percent(recall),
      `≥ ${point.recallMin}`,
      percent(falsePositives, 2),
      `≤ ${point.falsePositivesMax}`,
      percent(precision),
      isMet ? 'yes' : 'no',
    ]
  })
  return table(
    ['point', 'core recall', 'goal', 'false positives', 'goal', 'precision', 'met'],
    rows,
  )
}

function describeGroups(samples: readonly Scored[]): string {
  const rows = Object.entries(groupSamples(samples)).map(([name, group]) => [
    name,
    String(group.length),
    ...operatingPoints.map((point) => percent(rate(group, point), 2)),
  ])
  return table(['group', 'n', ...operatingPoints.map(({ name }) => name)], rows)
}

function describeSources(samples: readonly Scored[]): string {
  const relevant = samples.filter(
    ({ label, tier }) => label === 'benign' || (label === 'malicious' && tier !== 'semantic'),
  )
  const groups = Map.groupBy(relevant, ({ label, source }) => `${label} ${source}`)
  const points = [operatingPoints[0], operatingPoints[2], operatingPoints[3]].filter(
    (point) => point !== undefined,
  )
  const rows = [...groups]
    .sort(byName)
    .map(([name, group]) => [
      name,
      String(group.length),
      ...points.map((point) => percent(rate(group, point))),
    ])
  return table(['label and source', 'n', 'block', 'block or human', 'any'], rows)
}

/** Counts bundles by the part of a rule's id that `keyOf` keeps: the whole, or its family. */
function describeRules(samples: readonly Scored[], keyOf: (ruleId: string) => string): string {
  const { core, benign, plugins } = groupSamples(samples)
  const keys = new Set(
    samples.flatMap(({ findings }) => findings.map(({ ruleId }) => keyOf(ruleId))),
  )
  const rows = [...keys].sort().map((key) => {
    const isHit = ({ ruleId }: { ruleId: string }) => keyOf(ruleId) === key
    const count = (group: readonly Scored[]) =>
      group.filter(({ findings }) => findings.some(isHit)).length
    const [bad, good] = [count(core), count(benign)]
    return [
      key,
      String(bad),
      percent((100 * bad) / Math.max(1, core.length)),
      String(good),
      percent((100 * good) / Math.max(1, benign.length), 2),
      String(count(plugins)),
      percent((100 * bad) / Math.max(1, bad + good)),
    ]
  })
  const head = ['rule', 'core', 'recall', 'benign', 'false positives', 'plugins', 'precision']
  return table(head, rows)
}

function describeSpeed(samples: readonly Scored[]): string {
  const honest = samples.filter(({ label }) => label === 'benign')
  const times = honest.map(({ cpuMs }) => cpuMs).sort((a, b) => a - b)
  const total = times.reduce((sum, ms) => sum + ms, 0)
  const bytes = honest.reduce((sum, sample) => sum + sample.bytes, 0)
  const row = [
    percent(bytes / 1e6 / (total / 1_000)),
    percent((total / honest.length) * 0.1, 2),
    percent(times[Math.floor(times.length * 0.99)] ?? 0),
    percent(times.at(-1) ?? 0),
  ]
  return table(['MB/s', 's per 100 bundles', 'p99 ms', 'longest ms'], [row])
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function percent(value: number, digits = 1): string {
  return value.toFixed(digits)
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1
}
