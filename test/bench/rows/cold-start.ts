import { makeFolder } from '../lab/lab.ts'
import { compare } from '../median.ts'
import type { BenchRow } from '../row.ts'

export const coldStart: BenchRow = {
  id: 'cold-start-s',
  what: 'the first `npm start` on installed dependencies, until it listens, against a database and a server bare',
  unit: 's',
  judged: 'value',
  goal: null,

  async measure(lab) {
    const measure = (file: string) => async () => {
      const since = performance.now()
      const started = lab.start(file, { DATA_DIR: makeFolder(lab), PORT: '0' })
      await started.untilPrinted(/listens on/)
      const seconds = (performance.now() - since) / 1000
      await started.end()
      return seconds
    }
    return compare(3, {
      ours: measure('apps/standalone/src/main.ts'),
      bare: measure('test/bench/baseline/bare-start.ts'),
    })
  },
}
