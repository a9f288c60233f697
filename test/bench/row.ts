import type { Lab } from './lab/lab.ts'

/** What one row of the table measured. */
export interface Measured {
  value: number
  /** The bare ceiling, measured in the same run; `null` where the figure stands for itself. */
  baseline: number | null
  /** How the two compare, in the sense of the row's goal. */
  ratio: number | null
}

/** One figure that is promised, and how it is measured. */
export interface BenchRow {
  id: string
  /** What is measured, and against what. */
  what: string
  unit: string
  /** Which of the two is held against the goal. */
  judged: 'value' | 'ratio'
  goal: { min: number } | { max: number } | null
  /** Whether the next row goes on in the same lab, with the databases that this one made. */
  leavesLab?: true
  measure(lab: Lab): Promise<Measured>
}
