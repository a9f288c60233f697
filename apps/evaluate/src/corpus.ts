import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** One labelled bundle of the corpus. */
export interface Sample {
  path: string
  label: 'benign' | 'malicious' | 'dualuse'
  source: string
  /** How sure the label is: `wild`, `constructed`, `fixture`, or `semantic`. */
  tier: string
  attackClass: string
  kind: string
}

export interface Corpus extends AsyncDisposable {
  root: string
  samples: Sample[]
}

/**
 * Unpacks the corpus into a temporary folder that is gone when it goes out of scope. It is data, much of
 * it malware: only ever read as bytes.
 */
export async function openCorpus(archive: string): Promise<Corpus> {
  const samples = await readManifest(join(dirname(archive), 'manifest.tsv'))
  const root = await mkdtemp(join(tmpdir(), 'countersign-corpus-'))
  const remove = () => rm(root, { recursive: true, force: true })
  const tar = spawn('tar', [
    '-xJf',
    archive,
    '-C',
    root,
    '--no-same-owner',
    '--no-same-permissions',
  ])
  const [code] = await once(tar, 'close')
  if (code !== 0) {
    await remove()
    throw new Error(`tar could not unpack ${archive}.`)
  }
  return { root, samples, [Symbol.asyncDispose]: remove }
}

async function readManifest(path: string): Promise<Sample[]> {
  const [, ...lines] = (await readFile(path, 'utf8')).trim().split('\n')
  return lines.map((line) => {
    const [path = '', label = '', source = '', tier = '', attackClass = '', kind = ''] =
      line.split('\t')
    return { path, label: label as Sample['label'], source, tier, attackClass, kind }
  })
}
