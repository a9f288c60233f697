import { readFileSync } from 'node:fs'
import { percentile } from './median.ts'

// How long submitters wait as load grows, from the figures of the last `npm run bench`: `npm run simulate`.
// Submissions arrive at random, each takes a place in a worker for as long as a model takes to read it.

/** What a review takes of a real model, in seconds: half of them less than this, with a long tail. */
const [reviewMedianS, reviewSpread] = [12, 0.6]
const placesPerWorker = 8
const simulated = 20_000

interface Scenario {
  name: string
  perDay: number
  workers: number
}

const scenarios: readonly Scenario[] = [
  { name: 'a company', perDay: 1_000, workers: 1 },
  { name: '10 times that', perDay: 10_000, workers: 2 },
  { name: '100 times that', perDay: 100_000, workers: 8 },
  { name: 'a public registry', perDay: 1_000_000, workers: 80 },
  { name: 'with too few', perDay: 1_000_000, workers: 60 },
]

const acceptPerSecond = readFigure('accept-64k')
process.stdout.write(`one API process accepts ${acceptPerSecond} bundles of 64 KiB a second\n\n`)
process.stdout.write('load                  a day  workers  APIs  busy  wait p50  wait p99\n')
for (const scenario of scenarios) process.stdout.write(describe(scenario))

function describe({ name, perDay, workers }: Scenario): string {
  // The busiest hour has three times its share.
  const perSecond = (perDay / 86_400) * 3
  const { waits, busy } = simulate(perSecond, workers * placesPerWorker)
  const apis = Math.max(2, Math.ceil(perSecond / acceptPerSecond / 0.5))
  return `${[
    name.padEnd(18),
    String(perDay).padStart(8),
    String(workers).padStart(8),
    String(apis).padStart(5),
    `${Math.round(busy * 100)} %`.padStart(5),
    `${percentile(waits, 0.5).toFixed(1)} s`.padStart(9),
    `${percentile(waits, 0.99).toFixed(1)} s`.padStart(9),
  ].join(' ')}\n`
}

/** Lets submissions arrive and take the place that is free first; gives how long each waited for it. */
function simulate(perSecond: number, places: number): { waits: number[]; busy: number } {
  const random = createRandom(42)
  const freeAt = new Float64Array(places)
  const waits: number[] = []
  let [now, worked] = [0, 0]
  for (let nth = 0; nth < simulated; nth += 1) {
    now += -Math.log(1 - random()) / perSecond
    const place = freeAt.indexOf(Math.min(...freeAt))
    const startsAt = Math.max(now, freeAt[place] ?? 0)
    const takes = reviewMedianS * Math.exp(reviewSpread * normal(random))
    freeAt[place] = startsAt + takes
    worked += takes
    waits.push(startsAt - now)
  }
  return { waits, busy: Math.min(1, worked / (now * places)) }
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** The same numbers each time, so that the same figures give the same table. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function readFigure(id: string): number {
  const { rows } = JSON.parse(
    readFileSync(new URL('../../docs/generated/bench.json', import.meta.url), 'utf8'),
  ) as { rows: { id: string; value: number }[] }
  const row = rows.find((row) => row.id === id)
  if (!row) throw new Error(`\`npm run bench -- ${id}\` has not been run.`)
  return row.value
}
