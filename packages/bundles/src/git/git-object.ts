import { createHash } from 'node:crypto'

export type GitType = 'commit' | 'tree' | 'blob'

/** A thing in a git repository, named by the SHA-1 of what it is and says. */
export interface GitObject {
  type: GitType
  /** 40 hex digits. */
  id: string
  bytes: Uint8Array
}

/** One name in a tree. */
export interface TreeEntry {
  name: string
  mode: '100644' | '100755' | '40000'
  id: string
}

export function createObject(type: GitType, bytes: Uint8Array): GitObject {
  return { type, id: hashObject(type, bytes), bytes }
}

/** The name of an object, for those whose bytes are not kept. */
export function hashObject(type: GitType, bytes: Uint8Array): string {
  return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex')
}

/** A tree of these names, in the order that git wants: by bytes, a folder as if a slash ended its name. */
export function createTree(entries: readonly TreeEntry[]): GitObject {
  const keyed = entries.map((entry) => ({
    entry,
    key: Buffer.from(entry.mode === '40000' ? `${entry.name}/` : entry.name),
  }))
  const sorted = keyed.sort((a, b) => Buffer.compare(a.key, b.key))
  const parts = sorted.flatMap(({ entry: { mode, name, id } }) => [
    Buffer.from(`${mode} ${name}\0`),
    Buffer.from(id, 'hex'),
  ])
  return createObject('tree', Buffer.concat(parts))
}

/**
 * A commit without parents, by nobody and at no time, so that it depends on its tree alone.
 *
 * Without parents nothing that was live once, and is no more, can be reached from it.
 */
export function createCommit(tree: string): GitObject {
  const nobody = 'Countersign <> 946684800 +0000'
  const text = `tree ${tree}\nauthor ${nobody}\ncommitter ${nobody}\n\nWhat is live.\n`
  return createObject('commit', Buffer.from(text))
}
