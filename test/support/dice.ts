/** Chance that comes out the same for the same seed. */
export interface Dice {
  /** A whole number from 0 up to, but not including, `end`. */
  below(end: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  chance(probability: number): boolean
}

/** Throws dice by a seed: mulberry32, which is small and even enough for tests. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0
  const throwOnce = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(throwOnce() * end)
  return {
    below,
    pick: (items) => items[below(items.length)] ?? items[0],
    chance: (probability) => throwOnce() < probability,
  }
}
