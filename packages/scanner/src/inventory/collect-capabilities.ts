import type { Sighting } from '@countersign/core/guardrails/evidence/sighting'
import { isRecord } from '../parse/front-matter.ts'
import type { FileClass } from '../read/classify-file.ts'
import { listNpmDependencies, listPythonDependencies } from './list-dependencies.ts'
import { asList, asText, listHooks } from './list-hooks.ts'
import { listInjected } from './list-injected.ts'
import { listMcpServers } from './list-mcp-servers.ts'
import type { CapabilityPart } from './merge-capabilities.ts'
import { readJson } from './read-json.ts'
import { readMod } from './read-mod.ts'

export interface ReadFile {
  path: string
  text: string
  fileClass: FileClass
  frontMatter: Readonly<Record<string, unknown>> | null
  sightings: readonly Sighting[]
  /** Modules that hooks files of this bundle name, by their path in the tree. */
  modPaths: ReadonlySet<string>
}

/** What one file lets a bundle do, read from its structure. */
export function collectCapabilities(file: ReadFile): CapabilityPart {
  const { path } = file
  const fromJson = path.endsWith('.json') ? readStructure(file) : {}
  return {
    ...fromJson,
    file: path,
    ...ofMod(file, fromJson),
    hosts: listHosts(file.sightings),
    commands: [...(fromJson.commands ?? []), ...injectedBy(file)],
    hooks: [...(fromJson.hooks ?? []), ...listHooks(file.frontMatter?.hooks, path)],
    mcp: [...(fromJson.mcp ?? []), ...listMcpServers(file.frontMatter?.mcpServers)],
    tools: file.fileClass.isLoaded ? listTools(file.frontMatter, path) : [],
    env: listEnv(file.sightings),
    dependencies: [
      ...(fromJson.dependencies ?? []),
      ...(/\.(?:txt|py)$/.test(path) ? listPythonDependencies(path, file.text) : []),
    ],
  }
}

function injectedBy({ path, text, fileClass }: ReadFile): { command: string; file: string }[] {
  return fileClass.isLoaded ? listInjected(text).map((command) => ({ command, file: path })) : []
}

function ofMod(
  { path, text, modPaths }: ReadFile,
  part: Partial<CapabilityPart>,
): Partial<CapabilityPart> {
  if (!modPaths.has(path)) return {}
  const { mod, unread } = readMod(path, text)
  return {
    mods: [mod],
    unread: [...(part.unread ?? []), ...unread.map((reason) => ({ file: path, reason }))],
  }
}

function readStructure({ path, text, fileClass: { role } }: ReadFile): Partial<CapabilityPart> {
  const isLoaded = !['data', 'lockfile', 'test'].includes(role)
  if (!isLoaded && !/(?:^|\/)(?:package|\.lsp|monitors)\.json$/.test(path)) return {}
  const value = readJson(text)
  if (value === undefined) return { unread: [{ file: path, reason: 'is no valid JSON' }] }
  if (path.endsWith('package.json')) return { dependencies: listNpmDependencies(value) }
  const holder = isRecord(value) ? value : {}
  return {
    hooks: listHooks(role === 'hooks' ? value : holder.hooks, path),
    mcp: listMcpServers(role === 'mcp' ? value : holder.mcpServers),
    commands: listCommands(value, path),
  }
}

/** The commands of language servers, monitors and status lines, wherever they stand in a settings file. */
function listCommands(value: unknown, file: string): { command: string; file: string }[] {
  if (!isRecord(value)) return []
  const holders = [
    'statusLine',
    'subagentStatusLine',
    'lspServers',
    'monitors',
    'headersHelper',
    'apiKeyHelper',
    'tasks',
  ]
  const roots = /(?:\.lsp|monitors)\.json$/.test(file) ? [value] : holders.map((key) => value[key])
  return roots.flatMap((root) => commandsIn(root, 0)).map((command) => ({ command, file }))
}

function commandsIn(value: unknown, depth: number): string[] {
  if (depth > 4) return []
  if (typeof value === 'string') return depth === 0 ? [value] : []
  if (Array.isArray(value)) return value.flatMap((item) => commandsIn(item, depth + 1))
  if (!isRecord(value)) return []
  const own = asText(value.command)
  const command = [own, ...asList(value.args).map(asText)].filter(Boolean).join(' ')
  return own
    ? [command]
    : Object.values(value).flatMap((item) =>
        isRecord(item) || Array.isArray(item) ? commandsIn(item, depth + 1) : [],
      )
}

function listTools(
  fields: ReadFile['frontMatter'],
  file: string,
): { tool: string; file: string }[] {
  const declared = fields?.['allowed-tools'] ?? fields?.tools
  const names = typeof declared === 'string' ? splitTools(declared) : asList(declared).map(asText)
  return names.filter(Boolean).map((tool) => ({ tool, file }))
}

/** Splits at commas and blanks outside of parentheses. */
function splitTools(declared: string): string[] {
  return declared.match(/[^\s,(]+(?:\([^)]{0,200}\))?/g) ?? []
}

function listHosts(sightings: readonly Sighting[]): string[] {
  return sightings
    .filter(({ marker }) => marker === 'url' || marker === 'hidden-url')
    .map(({ detail }) => detail.toLowerCase().replace(/[.:]+$/, ''))
    .filter((host) => host.includes('.') || host === 'localhost')
}

function listEnv(sightings: readonly Sighting[]): string[] {
  return sightings
    .filter(({ marker, detail }) => marker === 'env-name' && detail !== '')
    .map(({ detail }) => detail)
}
