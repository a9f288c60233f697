import { Gauge, type Registry } from 'prom-client'

/** A number, or one a label, that is read off a state; `null` shows nothing. */
export interface StateGauge<State> {
  name: string
  help: string
  label?: string
  read(state: State): number | Readonly<Record<string, number>> | null
}

/** Scrapes that come closer together than this see the same reading. */
const freshMs = 2_000
/** Whoever scrapes gives up on a late answer, and would hear nothing of what is away. */
const patienceMs = 4_000

/**
 * Shows parts of a state that is read when somebody looks. Where it cannot be read, they show nothing
 * and `countersign_database_up` is 0: a stale number would pass for a true one.
 */
export function showState<State>(
  registry: Registry,
  gauges: readonly StateGauge<State>[],
  read: () => Promise<State>,
): void {
  const reading = createReading(read)
  const registers = [registry]
  new Gauge({
    name: 'countersign_database_up',
    help: 'Does the database answer? 1 if it did when this was read.',
    registers,
    async collect() {
      this.set((await reading()) === undefined ? 0 : 1)
    },
  })
  for (const gauge of gauges) {
    const { name, help, label } = gauge
    new Gauge({
      name,
      help,
      labelNames: label ? [label] : [],
      registers,
      async collect() {
        this.reset()
        const state = await reading()
        const value = state === undefined ? null : gauge.read(state)
        if (value !== null) set(this, label, value)
        else if (label === undefined) this.remove()
      },
    })
  }
}

function set(gauge: Gauge, label: string | undefined, value: number | Record<string, number>) {
  if (typeof value === 'number' || label === undefined) return gauge.set(Number(value))
  for (const [key, number] of Object.entries(value)) gauge.set({ [label]: key }, number)
}

/** One reading for all who ask at the same time, and for a moment after. */
function createReading<State>(read: () => Promise<State>): () => Promise<State | undefined> {
  let current: Promise<State | undefined> | undefined
  let until = 0
  return () => {
    if (!current || performance.now() > until) {
      until = performance.now() + freshMs
      current = orLate(read()).catch(() => undefined)
    }
    return current
  }
}

/** What is read, or nothing if it does not come in time: a driver may wait for its server for long. */
async function orLate<State>(reading: Promise<State>): Promise<State | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, patienceMs, undefined)
  try {
    return await Promise.race([reading, late])
  } finally {
    clearTimeout(timer)
  }
}
