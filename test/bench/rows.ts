import type { BenchRow } from './row.ts'
import { accept64k } from './rows/accept-64k.ts'
import { adminQueue } from './rows/admin-queue.ts'
import { coldStart } from './rows/cold-start.ts'
import { decisionHeard } from './rows/decision-heard.ts'
import { gateCheck } from './rows/gate-check.ts'
import { history } from './rows/history.ts'
import { reviewZeroLatency } from './rows/review-zero-latency.ts'
import { scan } from './rows/scan.ts'
import { startLatency } from './rows/start-latency.ts'
import { uploadRss } from './rows/upload-rss.ts'
import { workerScaling4 } from './rows/worker-scaling-4.ts'

/** Every figure that is promised, in the order of the table. */
export const rows: readonly BenchRow[] = [
  accept64k,
  reviewZeroLatency,
  startLatency,
  workerScaling4,
  history,
  adminQueue,
  uploadRss,
  gateCheck,
  decisionHeard,
  scan,
  coldStart,
]
