import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '@countersign/runtime/free-port'
import { startServer } from '@countersign/runtime/private-server'
import { findOnPath, unpackDebianPackages } from './debian-packages.ts'

export interface RedisServer {
  url: string
  stop(): Promise<void>
}

/** Starts a Redis of the tests' own: the one on the PATH, or else Debian's, unpacked privately. */
export async function startRedis(options: {
  dir: string
  port?: number
  flags?: readonly string[]
}): Promise<RedisServer> {
  mkdirSync(options.dir, { recursive: true })
  const { program, env } = findRedis()
  const port = options.port ?? (await findFreePort())
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', options.dir]
  const databases = ['--databases', '4096']
  const durability = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction']
  const server = await startServer({
    command: [program, ...settings, ...databases, ...durability, ...(options.flags ?? [])],
    env: { ...process.env, ...env },
    readyText: 'eady to accept connections',
  })
  return { url: `redis://127.0.0.1:${port}`, stop: server.stop }
}

/** Redis or Valkey, and where it finds its libraries. */
export function findRedis(): { program: string; env: NodeJS.ProcessEnv } {
  const program = findOnPath('valkey-server') ?? findOnPath('redis-server')
  if (program) return { program, env: {} }
  const { root, env } = unpackDebianPackages('redis', ['redis-server'])
  // In Debian's package redis-server is a link to the one binary of all the tools.
  return { program: join(root, 'usr/bin/redis-server'), env }
}
