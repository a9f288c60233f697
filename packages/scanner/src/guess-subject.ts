import { posix } from 'node:path'
import type { AuthorManifest, InspectionSubject } from '@countersign/core/guardrails/inspection'
import type { BundleFile, FileTree } from '@countersign/core/store/file-tree'
import { readJson } from './inventory/read-json.ts'
import { isRecord, readFrontMatter } from './parse/front-matter.ts'
import { decodeText } from './read/decode-text.ts'

/** Makes a subject of a tree of which nobody has said what it is: judged by its shallowest anchor. */
export async function guessSubject(tree: FileTree, name: string): Promise<InspectionSubject> {
  const anchor = findAnchor(tree)
  const manifest = anchor ? await readManifest(anchor.file, name) : missing
  const description = manifest.fields.description
  return {
    type: anchor?.type ?? 'skill',
    tree,
    generatedPaths: [],
    metadata: { name: textOf(manifest.fields.name) || name, description: textOf(description) },
    manifest,
  }
}

const missing: AuthorManifest = {
  path: 'SKILL.md',
  containerName: '',
  fields: {},
  parseError: 'there is none',
}

type Anchor = { type: InspectionSubject['type']; file: BundleFile }

function findAnchor(tree: FileTree): Anchor | undefined {
  const anchors = tree.flatMap((file): Anchor[] => {
    if (/(?:^|\/)\.claude-plugin\/plugin\.json$/.test(file.path)) return [{ type: 'plugin', file }]
    if (/(?:^|\/)SKILL\.md$/i.test(file.path)) return [{ type: 'skill', file }]
    return []
  })
  const shallowest = anchors.sort((a, b) => depth(a) - depth(b))[0]
  if (shallowest) return shallowest
  const only = tree.filter(({ path }) => /\.md$/i.test(path))
  return only[0] && only.length === 1 ? { type: 'agent', file: only[0] } : undefined
}

/** A plugin's anchor stands one folder down, and is the shallower of two on the same level. */
function depth({ type, file }: Anchor): number {
  return file.path.split('/').length - (type === 'plugin' ? 1.5 : 0)
}

async function readManifest({ path, read }: BundleFile, name: string): Promise<AuthorManifest> {
  const { text } = decodeText(await read())
  const containerName =
    posix.basename(posix.dirname(path)) === '.' ? name : posix.basename(posix.dirname(path))
  if (path.endsWith('.json')) {
    const fields = readJson(text)
    return isRecord(fields)
      ? { path, containerName, fields, parseError: null }
      : { ...missing, path, parseError: 'is no valid JSON' }
  }
  const frontMatter = readFrontMatter(text)
  if (!frontMatter) return { ...missing, path, parseError: 'there is no front matter' }
  return { path, containerName, fields: frontMatter.fields, parseError: frontMatter.error }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
