import { createHash } from 'node:crypto'
import { verifyArchive } from '@countersign/bundles/archive/verify-archive'
import { hashTree } from '@countersign/bundles/bake/hash-tree'
import { createSnapshotTaker } from '@countersign/bundles/git/snapshot'
import { sortTree } from '@countersign/bundles/intake/sort-tree'
import { pluginFolder } from '@countersign/bundles/marketplace/catalogue'
import { personalMarketplace } from '@countersign/bundles/marketplace/personal-marketplace'
import { createBytesSource } from '@countersign/bundles/zip/byte-source'
import { listZipEntries } from '@countersign/bundles/zip/list-zip-entries'
import { readZipEntry } from '@countersign/bundles/zip/read-zip-entry'
import type { ProbeClient } from '@countersign/core/operations/probe-client'
import type { Drift, ProbePorts } from '@countersign/core/operations/probe-served'
import type { ServedVersion } from '@countersign/core/reads'
import type { BlobStore } from '@countersign/core/store/blob-store'
import { fetchFaces } from './fetch-faces.ts'

type CompareFaces = ProbePorts['compareFaces']

/** Compares what a client of `url` is given with what is live: every byte of it, on every face. */
export function createCompareFaces(options: {
  url: string
  marketplaceName: string
  blobs: Pick<BlobStore, 'find'>
}): CompareFaces {
  const taker = createSnapshotTaker(options.blobs)

  async function compare(live: readonly ServedVersion[], client: ProbeClient): Promise<Drift[]> {
    const faces = await fetchFaces(options.url, client.token)
    const inZip = await hashFolders(faces.zip)
    const differing = await Promise.all(
      live.map(async (version) => [
        ...(isListed(faces.catalogue, version) ? [] : [drift(version, 'catalogue')]),
        ...((await isServed(faces, version)) ? [] : [drift(version, 'bundle')]),
        ...(inZip.get(pluginFolder(version)) === version.hash ? [] : [drift(version, 'zip')]),
      ]),
    )
    return [...differing.flat(), ...(await compareGit(faces.gitHead, live, client))]
  }

  /** Git names content by its hash: the same commit is the same tree, and another one is another. */
  async function compareGit(
    head: string,
    live: readonly ServedVersion[],
    client: ProbeClient,
  ): Promise<Drift[]> {
    const person = { personHandle: client.handle }
    const expected = await taker.take(personalMarketplace(options.marketplaceName, person, live))
    return head === expected.commitId ? [] : live.map((version) => drift(version, 'git'))
  }

  /** A face refuses to serve damaged bytes, and everything beside them. So whose they are is looked up. */
  return async (live, client) => {
    try {
      return await compare(live, client)
    } catch (error) {
      const damaged = await listDamaged(options.blobs, live)
      if (damaged.length === 0) throw error
      return damaged.map((version) => drift(version, 'bundle'))
    }
  }
}

async function listDamaged(
  blobs: Pick<BlobStore, 'find'>,
  live: readonly ServedVersion[],
): Promise<ServedVersion[]> {
  const damaged: ServedVersion[] = []
  for (const version of live) {
    const blob = await blobs.find(version.hash)
    if (!blob || !(await verifyArchive(blob, version.hash))) damaged.push(version)
  }
  return damaged
}

const drift = ({ slug }: ServedVersion, face: string): Drift => ({ slug, face })

type Faces = Awaited<ReturnType<typeof fetchFaces>>

function isListed(catalogue: Faces['catalogue'], { slug, n }: ServedVersion): boolean {
  return catalogue.some(({ name, version }) => name === slug && version === `1.0.${n}`)
}

/** Whether the archive that the catalogue promises is the stored form of the live version. */
async function isServed({ catalogue, fetchArchive }: Faces, { slug, hash }: ServedVersion) {
  const listed = catalogue.find(({ name }) => name === slug)
  if (!listed) return false
  const bytes = await fetchArchive(listed.source.url)
  const digest = createHash('sha256').update(bytes).digest('hex')
  return digest === listed.source.sha256 && verifyArchive(createBytesSource(bytes), hash)
}

/** The hash of the tree in each plugin's folder of the whole marketplace. */
async function hashFolders(zip: Uint8Array): Promise<Map<string, string>> {
  const source = createBytesSource(zip)
  const files = []
  for (const entry of await listZipEntries(source, Number.MAX_SAFE_INTEGER)) {
    const [, folder, path] = /^(plugins\/[^/]+)\/(.+)$/.exec(entry.path) ?? []
    if (!folder || !path || entry.isFolder) continue
    // A damaged file hashes to nothing, so that its folder is nothing that was approved.
    const bytes = await readZipEntry(source, entry).catch(() => undefined)
    const sha256 = bytes ? createHash('sha256').update(bytes).digest('hex') : ''
    const isExecutable = (entry.mode & 0o111) !== 0
    files.push({ folder, path, sha256, isExecutable })
  }
  const folders = Map.groupBy(files, ({ folder }) => folder)
  return new Map([...folders].map(([folder, inside]) => [folder, hashTree(sortTree(inside))]))
}
