import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { writeArchive } from '@countersign/bundles/archive/write-archive'
import { bakeTree } from '@countersign/bundles/bake/bake-tree'
import { createFileBlobStore } from '@countersign/bundles/blobs/file-blob-store'
import { openTree } from '@countersign/bundles/intake/open-upload'
import type { Marketplace, ServedPlugin } from '@countersign/bundles/marketplace/marketplace'
import type { EntityType } from '@countersign/core/store/entity'
import { treeOf } from './bundle-files.ts'
import { createFolder } from './create-folder.ts'

export interface Shop {
  blobs: ReturnType<typeof createFileBlobStore>
  /** What is served. Tests change it as approvals and archiving do. */
  marketplace: Marketplace & { plugins: ServedPlugin[] }
  /** Makes a version live. */
  serve(version: {
    slug: string
    n: number
    type?: EntityType
    files: Readonly<Record<string, string | Uint8Array>>
  }): Promise<ServedPlugin>
  /** Takes a plugin out of service. */
  withdraw(slug: string): void
}

/** A marketplace with nothing in it, over a blob store of its own. */
export async function createShop(): Promise<Shop> {
  const folder = await createFolder()
  const blobs = createFileBlobStore(join(folder, 'blobs'))
  const marketplace: Shop['marketplace'] = {
    name: 'countersign',
    ownerName: 'Countersign',
    description: 'What was approved.',
    plugins: [],
  }
  const withdraw = (slug: string) => {
    marketplace.plugins = marketplace.plugins.filter((plugin) => plugin.slug !== slug)
  }
  return {
    blobs,
    marketplace,
    withdraw,
    async serve({ slug, n, type = 'skill', files }) {
      const bundle = await openTree({ files: treeOf(files), droppedFiles: [] }, type)
      const path = join(folder, randomUUID())
      const { hash } = await writeArchive(await bakeTree(bundle, { slug, n }), path)
      await blobs.put(hash, path)
      const words = { name: slug, description: `What ${slug} does.`, category: 'testing' }
      const plugin = { slug, n, hash, ...words, ownerHandle: 'ann' }
      withdraw(slug)
      marketplace.plugins.push(plugin)
      return plugin
    },
  }
}

/** The files of a skill with some words in it. */
export function aSkill(words: string): Record<string, string> {
  const head = '---\nname: hello\ndescription: Says hello to whoever asks for it.\n---\n'
  return { 'SKILL.md': `${head}\n${words}\n`, 'scripts/run.sh!': '#!/bin/sh\necho hello\n' }
}
