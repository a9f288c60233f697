import { delimiter, dirname, join } from 'node:path'
import { findOnPath, unpackDebianPackages } from './debian-packages.ts'

/** A program, and the environment in which it finds itself and what it needs. */
export interface Program {
  program: string
  env: NodeJS.ProcessEnv
}

/** The git of this machine, or else Debian's, unpacked privately. */
export function findGit(): Program {
  const found = findOnPath('git')
  if (found) return { program: found, env: { PATH: process.env.PATH } }
  const { root, env } = unpackDebianPackages('git', ['git'])
  const program = join(root, 'usr/bin/git')
  const PATH = [dirname(program), process.env.PATH].join(delimiter)
  const parts = { GIT_EXEC_PATH: join(root, 'usr/lib/git-core') }
  const templates = { GIT_TEMPLATE_DIR: join(root, 'usr/share/git-core/templates') }
  return { program, env: { ...env, ...parts, ...templates, PATH } }
}

/** The OpenSSL of this machine, or else Debian's, unpacked privately. */
export function findOpenssl(): Program {
  const found = findOnPath('openssl')
  if (found) return { program: found, env: { PATH: process.env.PATH } }
  const { root, env } = unpackDebianPackages('openssl', ['openssl'])
  const settings = { OPENSSL_CONF: join(root, 'etc/ssl/openssl.cnf') }
  return { program: join(root, 'usr/bin/openssl'), env: { ...env, ...settings } }
}
