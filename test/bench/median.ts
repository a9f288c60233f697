/** The value that as many are below as above. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The value that a share of all do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))
  return sorted[at] ?? Number.NaN
}

/**
 * Measures two things in turns, and compares each round's pair: what else the machine does at the
 * time then slows both. Gives the medians, and the median of the ratios, once both are warm: a process
 * that has just started spends much of its time on compiling.
 */
export async function compare(
  rounds: number,
  measure: { warmUps?: number; ours(): Promise<number>; bare(): Promise<number> },
): Promise<{ value: number; baseline: number; ratio: number }> {
  for (let warmUp = 0; warmUp < (measure.warmUps ?? 0); warmUp += 1) {
    await measure.ours()
    await measure.bare()
  }
  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const isOursFirst = round % 2 === 0
    if (isOursFirst) ours.push(await measure.ours())
    bare.push(await measure.bare())
    if (!isOursFirst) ours.push(await measure.ours())
  }
  const ratios = ours.map((value, round) => value / (bare[round] ?? Number.NaN))
  return { value: median(ours), baseline: median(bare), ratio: median(ratios) }
}
