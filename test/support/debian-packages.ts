import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cache = fileURLToPath(new URL('../../node_modules/.cache/countersign/', import.meta.url))

/** The full path of a program on the PATH. */
export function findOnPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((dir) => join(dir, name))
    .find((path) => existsSync(path))
}

export interface Unpacked {
  root: string
  /** What a program of the packages needs to find its libraries. */
  env: { LD_LIBRARY_PATH: string }
}

/** Whether packages were unpacked under this name before. */
export function isUnpacked(name: string): boolean {
  return existsSync(join(cache, name))
}

/**
 * Unpacks Debian packages, with whatever they need that this machine lacks, into a cache of ours.
 *
 * Nothing is installed and no service started, so it needs no root. A second call finds the cache.
 */
export function unpackDebianPackages(name: string, packages: readonly string[]): Unpacked {
  const root = join(cache, name)
  if (!isUnpacked(name)) {
    const work = join(cache, `${name}-${process.pid}`)
    try {
      fetchInto(work, packages)
      renameSync(join(work, 'root'), root)
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  }
  return { root, env: { LD_LIBRARY_PATH: libraryFolders(root).join(delimiter) } }
}

function fetchInto(work: string, packages: readonly string[]): void {
  const debs = join(work, 'debs')
  for (const dir of ['root', 'lists/partial', 'debs/archives/partial']) {
    mkdirSync(join(work, dir), { recursive: true })
  }
  // Lists of our own: the machine's may be empty, and only root may refresh them.
  const options = {
    'Dir::State::lists': join(work, 'lists'),
    'Dir::Cache': debs,
    'Debug::NoLocking': '1',
    'APT::Sandbox::User': 'root',
  }
  const flags = [
    '-qq',
    ...Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]),
  ]
  run('apt-get', [...flags, 'update'])
  const plan = run('apt-get', [
    ...flags,
    ...['install', '--print-uris', '--reinstall', '--yes', '--no-install-recommends', ...packages],
  ])
  const needed = [...plan.matchAll(/^'[^']*' (?<name>[^_\s]+)_(?<version>[^_\s]+)_/gm)].map(
    ({ groups }) => `${groups?.name}=${decodeURIComponent(groups?.version ?? '')}`,
  )
  if (needed.length === 0) throw new Error(`apt-get names no package for ${packages.join(', ')}.`)
  run('apt-get', [...flags, 'download', ...needed], debs)
  for (const file of readdirSync(debs).filter((file) => file.endsWith('.deb'))) {
    run('dpkg-deb', ['-x', join(debs, file), join(work, 'root')])
  }
}

/** Where libraries lie: the usual folders, and those of single packages that hold some of their own. */
function libraryFolders(root: string): string[] {
  const usual = ['usr/lib', 'lib'].map((dir) => join(root, dir)).filter((dir) => existsSync(dir))
  const ofMachine = usual
    .flatMap((dir) => listFolders(dir))
    .filter((dir) => dir.includes('-linux-gnu'))
  const ofPackages = ofMachine
    .flatMap((dir) => listFolders(dir))
    .filter((dir) => readdirSync(dir).some((file) => /^lib.*\.so/.test(file)))
  return [...usual, ...ofMachine, ...ofPackages]
}

function listFolders(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(dir, name))
}

function run(command: string, args: readonly string[], cwd?: string): string {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    env: { ...process.env, LC_ALL: 'C' },
    ...(cwd ? { cwd } : {}),
  })
  if (result.status === 0) return result.stdout
  const why = result.error?.message ?? result.stderr.trim().slice(-600)
  throw new Error(`${command} ${args.at(-1)} failed: ${why}`)
}
