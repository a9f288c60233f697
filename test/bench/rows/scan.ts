import { createHash } from 'node:crypto'
import { guessSubject } from '@countersign/scanner/guess-subject'
import { inspectTree } from '@countersign/scanner/inspect-tree'
import { aSkillTree } from '../lab/bundles.ts'
import { compare } from '../median.ts'
import type { BenchRow } from '../row.ts'

const [rounds, bundles, bytes] = [7, 40, 64 * 1024]
/** Hashing is so fast that one pass is less than the clock can tell. */
const hashPasses = 50

export const scan: BenchRow = {
  id: 'scan-mb-per-s',
  what: 'honest text through all checks on one core, against hashing it',
  unit: 'MB/s',
  judged: 'value',
  goal: { min: 8 },

  async measure() {
    const ours = () =>
      measure(async (tree, nth) => {
        await inspectTree(await guessSubject(tree, `report-checker-${nth}`))
      })
    const bare = async () => {
      const rate = await measure(async (tree) => {
        for (let pass = 0; pass < hashPasses; pass += 1) {
          for (const file of tree)
            createHash('sha256')
              .update(await file.read())
              .digest()
        }
      })
      return rate * hashPasses
    }
    await ours()
    return compare(rounds, { ours, bare })
  },
}

/** Megabytes of text for each second of this thread, whatever else the machine does. */
async function measure(work: (tree: ReturnType<typeof aSkillTree>, nth: number) => Promise<void>) {
  const trees = Array.from({ length: bundles }, () => aSkillTree(bytes))
  const size = trees.flat().reduce((sum, file) => sum + file.size, 0)
  const before = process.threadCpuUsage()
  for (const [nth, tree] of trees.entries()) await work(tree, nth)
  const { user, system } = process.threadCpuUsage(before)
  return size / (user + system)
}
