/**
 * How much of a bundle is looked through, counted in characters and never in time: the same bytes get
 * the same inspection on a slow machine. What lies beyond is told as not looked at.
 */
export interface Budget {
  /** Takes from the budget. Says no, and takes nothing, if too little is left. */
  take(kind: BudgetKind, characters: number): boolean
}

/** Text that is read, text that comes out of encodings, and windows of it that a pattern is tried on. */
type BudgetKind = 'text' | 'decoded' | 'window'

const allowance: Record<BudgetKind, number> = {
  text: 8 * 1024 * 1024,
  decoded: 2 * 1024 * 1024,
  window: 9 * 1024 * 1024,
}

export function createBudget(): Budget {
  const left = { ...allowance }
  return {
    take(kind, characters) {
      if (left[kind] < characters) return false
      left[kind] -= characters
      return true
    },
  }
}
