import { posix } from 'node:path'

/** A file with what it says, as far as it was read. */
export interface ReadFile {
  path: string
  text: string
}

/**
 * Puts the files that speak of one another together: a manifest with its hooks and scripts, a skill
 * with its references and the rest of its folder.
 *
 * The groups come in the order in which an agent would meet them, each file in one group.
 */
export function relateFiles(files: readonly ReadFile[]): string[][] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const byName = Map.groupBy(files, ({ path }) => posix.basename(path))
  const left = new Set(byPath.keys())

  function follow(path: string, group: string[]): string[] {
    const file = byPath.get(path)
    if (!file || !left.delete(path)) return group
    group.push(path)
    if (left.size === 0) return group
    for (const mentioned of listMentions(file, byPath, byName)) {
      if (left.has(mentioned)) follow(mentioned, group)
    }
    return group
  }

  const groups: string[][] = []
  for (const { path } of inReadingOrder(files)) {
    const group = follow(path, [])
    if (group.length > 0 && isEntry(path)) {
      for (const other of listSiblings(path, left)) follow(other, group)
    }
    if (group.length > 0) groups.push(group)
  }
  return groups
}

const stages = [
  /(^|\/)(plugin|hooks|settings[\w.]*|\.mcp|\.lsp|marketplace|package)\.json$/,
  /(^|\/)SKILL\.md$|(^|\/)(agents|commands)\/.*\.md$|(^|\/)(CLAUDE|AGENTS)\.md$/,
  /\.(sh|bash|zsh|fish|ps1|bat|cmd|py|rb|pl|php|lua|js|mjs|cjs|ts|mts|cts|jsx|tsx|go|rs|java|cs)$|(^|\/)[^.]+$/,
  /\.(md|mdx|txt|html?|ya?ml|toml)$/,
]

/** Sorts what acts before what is only read: manifests and hooks, skills and agents, programs, prose. */
export function inReadingOrder<File extends { path: string }>(files: readonly File[]): File[] {
  const stageOf = ({ path }: File) => {
    const stage = stages.findIndex((pattern) => pattern.test(path))
    return stage === -1 ? stages.length : stage
  }
  return files.toSorted(
    (one, other) => stageOf(one) - stageOf(other) || (one.path < other.path ? -1 : 1),
  )
}

/** A skill owns its folder. Other files own nothing but what they mention. */
function isEntry(path: string): boolean {
  return posix.basename(path) === 'SKILL.md'
}

function listSiblings(path: string, left: ReadonlySet<string>): string[] {
  const folder = posix.dirname(path)
  return [...left].filter((other) => folder === '.' || other.startsWith(`${folder}/`))
}

/** The files of the bundle that a file names: by a path from its folder or the root, or by a name that only one has. */
function listMentions(
  { path, text }: ReadFile,
  byPath: ReadonlyMap<string, ReadFile>,
  byName: ReadonlyMap<string, readonly ReadFile[]>,
): Set<string> {
  const folder = posix.dirname(path)
  const words = text.matchAll(/[^\s"'`()<>[\]{}|,;:*?!=&$%\\]{3,240}/gu)
  const mentioned = words.flatMap(([word]) => {
    const name = word.replace(/^\/+|[.#]+$/g, '')
    const namesakes = byName.get(posix.basename(name)) ?? []
    if (namesakes.length <= 1) return namesakes.map((file) => file.path)
    const candidates = [posix.join(folder, name), posix.normalize(name)]
    return candidates.filter((candidate) => byPath.has(candidate))
  })
  return new Set(mentioned)
}
