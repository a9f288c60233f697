import { posix } from 'node:path'
import type { FileTree } from '@countersign/core/store/file-tree'
import { isRecord } from '../parse/front-matter.ts'
import { asList, asText } from './list-hooks.ts'
import { readJson } from './read-json.ts'

const bytesMax = 1024 * 1024

/** The modules that the hooks files of a bundle have Claude Code load into itself, by their paths in the tree. */
export async function listModules(tree: FileTree): Promise<ReadonlySet<string>> {
  const modules = new Set<string>()
  for (const file of tree) {
    if (
      !/(?:^|\/)hooks\/[^/]*\.json$|(?:^|\/)plugin\.json$/.test(file.path) ||
      file.size > bytesMax
    )
      continue
    const value = readJson(Buffer.from(await file.read()).toString('utf8'))
    if (!isRecord(value)) continue
    for (const module of asList(value.modules).map(asText).filter(Boolean)) {
      modules.add(posix.normalize(module))
      modules.add(posix.normalize(posix.join(posix.dirname(file.path), module)))
    }
  }
  return modules
}
