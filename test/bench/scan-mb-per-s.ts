import type { BundleFile } from '@countersign/core/store/file-tree'
import { guessSubject } from '@countersign/scanner/guess-subject'
import { inspectTree } from '@countersign/scanner/inspect-tree'

/** How fast bundles are inspected on one core. */
export interface ScanSpeed {
  mbPerS: number
  p99Ms: number
  bundles: number
}

/** Inspects bundles one after another, and counts the time of this thread's processor. */
export async function measureScan(
  bundles: readonly Readonly<Record<string, string>>[],
): Promise<ScanSpeed> {
  const times: number[] = []
  let bytes = 0
  for (const files of bundles) {
    const tree = treeOf(files)
    bytes += tree.reduce((sum, { size }) => sum + size, 0)
    const before = process.threadCpuUsage()
    await inspectTree(await guessSubject(tree, 'bundle'))
    const { user, system } = process.threadCpuUsage(before)
    times.push((user + system) / 1_000)
  }
  const totalMs = times.reduce((sum, ms) => sum + ms, 0)
  const slowest = times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0
  return { mbPerS: bytes / 1e6 / (totalMs / 1e3), p99Ms: slowest, bundles: bundles.length }
}

/** Honest bundles of several sizes: prose, tables, code and configuration, as skills have them. */
export function honestBundles(count: number): Readonly<Record<string, string>>[] {
  return Array.from({ length: count }, (_, index) => ({
    'SKILL.md': `---\nname: bundle-${index}\ndescription: ${sentence}\n---\n\n${prose(2 + (index % 9))}`,
    'references/fields.md': prose(3 + (index % 5)),
    'scripts/collect.py': script.repeat(1 + (index % 6)),
    'data.json': JSON.stringify(Object.fromEntries(Array.from({ length: 80 }, pairOf))),
  }))
}

function treeOf(files: Readonly<Record<string, string>>): BundleFile[] {
  return Object.entries(files)
    .map(([path, text]): BundleFile => {
      const bytes = Buffer.from(text)
      return { path, size: bytes.length, isExecutable: false, read: async () => bytes }
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

const sentence =
  'Collects the figures of a monthly report and checks each one against the table that it was taken from.'

function prose(sections: number): string {
  const section = (_: unknown, index: number) => `## Step ${index + 1}

${`${sentence} Ask the user before you change a table, and show what was found. `.repeat(4)}

| field | type | meaning |
| --- | --- | --- |
${'| amount | number | what was paid in the month, in cents |\n'.repeat(6)}
\`\`\`bash
npm run report -- --month 2026-10 --out ./build/report.json
git add build/report.json && git commit -m "Add the report"
\`\`\`
`
  return Array.from({ length: sections }, section).join('\n')
}

const script = `
def collect(path, month):
    """Reads the table of a month and adds up its columns."""
    with open(path) as table:
        rows = [line.split(",") for line in table if line.startswith(month)]
    return {"month": month, "total": sum(int(row[2]) for row in rows), "rows": len(rows)}

`

function pairOf(_: unknown, index: number): [string, { label: string; order: number }] {
  return [`field_${index}`, { label: `The field of number ${index}`, order: index }]
}
