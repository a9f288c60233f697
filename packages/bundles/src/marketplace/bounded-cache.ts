export interface BoundedCache<T> {
  /** What was loaded for a key; loads it once, however many ask at the same time. */
  get(key: string, load: () => Promise<T>): Promise<T>
}

interface Kept<T> {
  value: Promise<T>
  weight: number
}

/** Keeps what was asked for last, up to a weight in all. What failed to load is not kept. */
export function createBoundedCache<T>({
  weightMax,
  weigh,
}: {
  weightMax: number
  weigh: (value: T) => number
}): BoundedCache<T> {
  const kept = new Map<string, Kept<T>>()
  let total = 0

  function forget(key: string): void {
    total -= kept.get(key)?.weight ?? 0
    kept.delete(key)
  }

  async function settle(key: string, entry: Kept<T>): Promise<void> {
    const weight = await entry.value.then(weigh, () => undefined)
    if (kept.get(key) !== entry) return
    if (weight === undefined) return forget(key)
    entry.weight = weight
    total += weight
    shrink()
  }

  function shrink(): void {
    for (const oldest of kept.keys()) {
      if (total <= weightMax) return
      forget(oldest)
    }
  }

  return {
    get(key, load) {
      const known = kept.get(key)
      const entry = known ?? { value: load(), weight: 0 }
      // Put again, so that the order of the map is the order of the last use.
      kept.delete(key)
      kept.set(key, entry)
      if (!known) void settle(key, entry)
      return entry.value
    },
  }
}
