import { vitalGauges } from '@countersign/core/operations/vitals'
import { createMetrics } from '@countersign/runtime/telemetry/metrics'

export interface DescribedMetric {
  name: string
  type: string
  labels: string[]
  help: string
}

/** Every metric of ours that a process exports, in the order of their names. */
export async function describeMetrics(): Promise<DescribedMetric[]> {
  const metrics = createMetrics()
  metrics.show(vitalGauges, async () => {
    throw new Error('There is no database to read.')
  })
  const ours = metrics.registry
    .getMetricsAsArray()
    .filter(({ name }) => name.startsWith('countersign_')) as unknown as (DescribedMetric & {
    labelNames: string[]
  })[]
  const types = await metrics.registry.getMetricsAsJSON()
  const typeOf = new Map(types.map(({ name, type }) => [name, String(type)]))
  return ours
    .map(({ name, help, labelNames }) => {
      return { name, help, labels: labelNames, type: typeOf.get(name) ?? '' }
    })
    .sort((one, other) => one.name.localeCompare(other.name))
}
