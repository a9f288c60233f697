import { readFileSync, writeFileSync } from 'node:fs'
import { arch, cpus, release, totalmem } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Lab, openLab } from './lab/lab.ts'
import type { BenchRow, Measured } from './row.ts'
import { rows } from './rows.ts'

/** What is written down of a row. */
type Written = Pick<BenchRow, 'id' | 'what' | 'unit' | 'goal'> & Measured & { met: boolean | null }

/** A row that takes longer than this will never end. */
const patienceMs = 8 * 60_000

const file = new URL('../../docs/generated/bench.json', import.meta.url)

// `npm run bench` measures every row, `npm run bench -- ID ID` some. Rows that were not measured keep
// the figures of their last time.
const wanted = process.argv.slice(2)
const unknown = wanted.filter((id) => !rows.some((row) => row.id === id))
if (unknown.length > 0) {
  process.stderr.write(`There is no row ${unknown.join(', ')}. There are:\n`)
  for (const { id, what } of rows) process.stderr.write(`  ${id}: ${what}\n`)
  process.exit(2)
}
const written = new Map(readEarlier().map((row) => [row.id, row]))
let lab: Lab | undefined
for (const row of rows) {
  if (wanted.length > 0 && !wanted.includes(row.id)) continue
  const since = performance.now()
  lab ??= await openLab()
  const result = await measure(row, lab)
  if (result instanceof Error) {
    process.exitCode = 1
    process.stdout.write(`${row.id.padEnd(26)} could not be measured: ${result}\n`)
  } else {
    written.set(row.id, judge(row, result))
    writeReport()
    process.stdout.write(describe(judge(row, result)))
  }
  if (result instanceof Error || !row.leavesLab) {
    await lab.close()
    lab = undefined
  }
  process.stdout.write(`${' '.repeat(27)}${((performance.now() - since) / 1000).toFixed(0)} s\n`)
}
await lab?.close()
process.stdout.write(`\n${inOrder().map(describe).join('')}`)
process.exit()

/** What a row measured, or why it could not: a row that fails takes no other with it. */
async function measure(row: BenchRow, on: Lab): Promise<Measured | Error> {
  const over = new AbortController()
  const patience = sleep(patienceMs, undefined, { signal: over.signal }).then(() => {
    throw new Error(`It took longer than ${patienceMs / 60_000} minutes.`)
  })
  try {
    return await Promise.race([row.measure(on), patience])
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  } finally {
    over.abort()
  }
}

function inOrder(): Written[] {
  return rows.flatMap(({ id }) => written.get(id) ?? [])
}

/** After each row, so that what was measured is kept whatever happens to the next ones. */
function writeReport(): void {
  const report = { machine: describeMachine(), rows: inOrder() }
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
}

function judge({ id, what, unit, goal, judged }: BenchRow, measured: Measured): Written {
  const figure = judged === 'value' ? measured.value : measured.ratio
  const met =
    goal === null || figure === null
      ? null
      : 'min' in goal
        ? figure >= goal.min
        : figure <= goal.max
  const { value, baseline, ratio } = measured
  return {
    id,
    what,
    value: round(value),
    unit,
    baseline: round(baseline),
    ratio: round(ratio),
    goal,
    met,
  }
}

/** Three digits say all that a measurement can. */
function round<T extends number | null>(figure: T): T {
  return (figure === null ? null : Number(figure.toPrecision(3))) as T
}

function describe({ id, value, unit, baseline, ratio, goal, met }: Written): string {
  const goalText = goal === null ? '' : 'min' in goal ? `≥ ${goal.min}` : `≤ ${goal.max}`
  const columns = [
    id.padEnd(26),
    `${value} ${unit}`.padStart(14),
    (baseline === null ? '' : String(baseline)).padStart(10),
    (ratio === null ? '' : String(ratio)).padStart(8),
    goalText.padStart(9),
    met === null ? '' : met ? '  met' : '  missed',
  ]
  return `${columns.join(' ')}\n`
}

function describeMachine(): string {
  const [cpu] = cpus()
  const gibibytes = Math.round(totalmem() / 2 ** 30)
  return `${cpus().length} × ${cpu?.model ?? arch()}, ${gibibytes} GiB, Linux ${release()}, Node ${process.versions.node}`
}

function readEarlier(): Written[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).rows
  } catch {
    return []
  }
}
