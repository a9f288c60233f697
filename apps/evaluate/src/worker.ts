import { parentPort, workerData } from 'node:worker_threads'
import type { Sample } from './corpus.ts'
import { type Scored, scanSample } from './scan-sample.ts'

/** Scans its share of the corpus and posts it back whole. */
const { root, samples } = workerData as { root: string; samples: Sample[] }
const scored: Scored[] = []
for (const sample of samples) scored.push(await scanSample(root, sample))
parentPort?.postMessage(scored)
