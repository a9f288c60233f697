import type { Capabilities } from '@countersign/core/capabilities/capabilities'
import { isRecord } from '../parse/front-matter.ts'
import { asText } from './list-hooks.ts'

type Dependency = Capabilities['dependencies'][number]

const npmGroups = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']

/** The packages that a `package.json` asks for. */
export function listNpmDependencies(value: unknown): Dependency[] {
  if (!isRecord(value)) return []
  return npmGroups.flatMap((group) =>
    isRecord(value[group])
      ? Object.entries(value[group]).map(([name, version]) => ({
          ecosystem: 'npm',
          name,
          version: asText(version),
        }))
      : [],
  )
}

/** The packages that a requirements file, or the script header of PEP 723, asks for. */
export function listPythonDependencies(path: string, text: string): Dependency[] {
  const lines = /requirements[^/]*\.txt$/.test(path) ? text.split('\n', 2_000) : scriptHeader(text)
  return lines.flatMap((line) => {
    const match =
      /^\s*["']?([A-Za-z0-9][A-Za-z0-9._-]{0,80})(?:\[[^\]]{0,80}\])?\s*((?:[=<>!~]=?|@)[^#;"']{0,80})?/.exec(
        line,
      )
    return match?.[1]
      ? [{ ecosystem: 'pypi', name: match[1].toLowerCase(), version: match[2]?.trim() ?? '' }]
      : []
  })
}

function scriptHeader(text: string): string[] {
  const header = /^# \/\/\/ script\n((?:#[^\n]{0,200}\n){1,200}?)# \/\/\//m.exec(
    text.slice(0, 8_192),
  )?.[1]
  const list = header?.replace(/^# ?/gm, '').match(/dependencies\s*=\s*\[([^\]]{0,4000})\]/)?.[1]
  return (
    list
      ?.split(/[,\n]/)
      .map((line) => line.trim())
      .filter(Boolean) ?? []
  )
}
