import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { openCorpus, type Sample } from './corpus.ts'
import { describeResults } from './describe-results.ts'
import type { Scored } from './scan-sample.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    source: { type: 'string' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const archive = resolve(
  positionals[0] ?? new URL('../../../../shared/corpora/dev.tar.xz', import.meta.url).pathname,
)
await using corpus = await openCorpus(archive)
const wanted = corpus.samples.filter(({ source }) => !values.source || source === values.source)
const scored = await scanAll(corpus.root, wanted)
const report = values.json ? JSON.stringify(scored) : describeResults(scored)
process.stdout.write(`${report}\n`)
if (values.write)
  await writeFile(new URL('../../../docs/evaluation.md', import.meta.url), `${report}\n`)

/** Deals the samples out to threads, and gives them back in one list. */
async function scanAll(root: string, samples: readonly Sample[]): Promise<Scored[]> {
  const threads = Number(values.threads)
  const shares = Array.from({ length: threads }, (_, turn) =>
    samples.filter((_, index) => index % threads === turn),
  )
  const results = shares.map(async (share): Promise<Scored[]> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { root, samples: share },
    })
    const [message] = await once(worker, 'message')
    return message
  })
  return (await Promise.all(results)).flat()
}
