import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findFreePort } from '@countersign/runtime/free-port'
import { startServer } from '@countersign/runtime/private-server'
import { type Unpacked, unpackDebianPackages } from './debian-packages.ts'

export interface S3Server {
  endpoint: string
  credentials: { accessKeyId: string; secretAccessKey: string }
  stop(): Promise<void>
}

/** Ceph's own S3 server with what it stands on, from Debian; `undefined`, loudly, where apt has none. */
export function unpackS3Server(): Unpacked | undefined {
  try {
    return unpackDebianPackages('ceph', ['radosgw', 'ceph-mon', 'ceph-osd'])
  } catch (error) {
    process.stderr.write(`SKIPPED: the S3 store is not tried, for want of a server. ${error}\n`)
    return undefined
  }
}

/** Starts an S3 server of the test's own: a monitor, a store in memory and the gateway, on loopback. */
export async function startS3Server({ root, env }: Unpacked): Promise<S3Server> {
  const dir = mkdtempSync(join(tmpdir(), 'countersign-s3-'))
  chmodSync(dir, 0o755)
  const [monitorPort, port] = [await findFreePort(), await findFreePort()]
  const libraries = join(root, 'usr/lib', `${machines[process.arch]}-linux-gnu`)
  const paths = [env.LD_LIBRARY_PATH, join(libraries, 'ceph')].join(delimiter)
  const cluster = prepareCluster({
    root,
    libraries,
    dir,
    monitorPort,
    port,
    env: { ...process.env, LD_LIBRARY_PATH: paths },
  })
  const monitor = await cluster.start('ceph-mon', ['-i', 'a'], 'new leader')
  const storage = await cluster.start('ceph-osd', ['-i', '0'], 'starting boot process')
  const credentials = { accessKeyId: 'countersign', secretAccessKey: randomUUID() }
  const keys = ['--access-key', credentials.accessKeyId, '--secret', credentials.secretAccessKey]
  cluster.run('radosgw-admin', ['user', 'create', '--uid=c', '--display-name=c', ...keys])
  const gateway = await cluster.start(
    'radosgw',
    ['-n', 'client.rgw'],
    'framework conf key: endpoint',
  )
  const endpoint = `http://127.0.0.1:${port}`
  await untilAnswering(endpoint)
  return {
    endpoint,
    credentials,
    async stop() {
      // In this order each finds the one that it says goodbye to.
      for (const server of [gateway, storage, monitor]) await server.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** What Debian calls the machines that we may run on. */
const machines: Partial<Record<NodeJS.Architecture, string>> = { x64: 'x86_64', arm64: 'aarch64' }

interface Cluster {
  root: string
  libraries: string
  dir: string
  monitorPort: number
  port: number
  env: NodeJS.ProcessEnv
}

/** Writes the configuration of a cluster of one, and its first maps, so that nobody has to be asked. */
function prepareCluster(cluster: Cluster) {
  const { root, dir, monitorPort, env } = cluster
  const fsid = randomUUID()
  const settings = join(dir, 'ceph.conf')
  const [monitorMap, storageMap] = [join(dir, 'monmap'), join(dir, 'osdmap')]
  const program = (name: string) => join(root, 'usr/bin', name)
  const run = (name: string, args: readonly string[]) => {
    const result = spawnSync(program(name), args, { env, encoding: 'utf8' })
    if (result.status !== 0) throw new Error(`${name} failed: ${result.error ?? result.stderr}`)
  }

  for (const name of ['mon', 'osd']) mkdirSync(join(dir, name))
  writeFileSync(settings, describeCluster(cluster, fsid))
  const address = `[v1:127.0.0.1:${monitorPort}]`
  run('monmaptool', ['--create', '--fsid', fsid, '--addv', 'a', address, monitorMap])
  run('osdmaptool', ['--createsimple', '1', '--pg-bits', '1', storageMap])
  const maps = ['--monmap', monitorMap, '--osdmap', storageMap]
  run('ceph-mon', ['-c', settings, '--mkfs', '-i', 'a', ...maps])

  return {
    run: (name: string, args: readonly string[]) => run(name, ['-c', settings, ...args]),
    start(name: string, args: readonly string[], readyText: string) {
      if (name === 'ceph-osd') run(name, ['-c', settings, '--mkfs', ...args])
      const command = [program(name), '-c', settings, ...args, '-f']
      return startServer({ command, env, readyText })
    },
  }
}

function describeCluster({ libraries, dir, monitorPort, port }: Cluster, fsid: string): string {
  return Object.entries({
    fsid,
    mon_host: `v1:127.0.0.1:${monitorPort}`,
    mon_initial_members: 'a',
    ms_bind_msgr2: false,
    public_addr: '127.0.0.1',
    cluster_addr: '127.0.0.1',
    auth_cluster_required: 'none',
    auth_service_required: 'none',
    auth_client_required: 'none',
    // A full disk of the machine is no concern of a store in memory.
    mon_data_avail_crit: 0,
    mon_allow_pool_size_one: true,
    mon_max_pg_per_osd: 1000,
    // Changes are agreed on at once: there is nobody to agree with.
    paxos_propose_interval: 0.02,
    paxos_min_wait: 0.01,
    osd_pool_default_size: 1,
    osd_pool_default_min_size: 1,
    osd_pool_default_pg_num: 1,
    osd_pool_default_pgp_num: 1,
    osd_crush_chooseleaf_type: 0,
    osd_crush_update_on_start: false,
    osd_class_update_on_start: false,
    osd_objectstore: 'memstore',
    memstore_device_bytes: 1 << 30,
    osd_class_load_list: '*',
    osd_class_default_list: '*',
    plugin_dir: join(libraries, 'ceph'),
    erasure_code_dir: join(libraries, 'ceph/erasure-code'),
    osd_class_dir: join(libraries, 'rados-classes'),
    run_dir: dir,
    admin_socket: '',
    pid_file: '',
    log_file: '',
    log_to_stderr: true,
    mon_data: join(dir, 'mon'),
    osd_data: join(dir, 'osd'),
    rgw_frontends: `beast endpoint=127.0.0.1:${port}`,
    rgw_dynamic_resharding: false,
    rgw_enable_quota_threads: false,
    rgw_enable_lc_threads: false,
  }).reduce((text, [key, value]) => `${text}${key} = ${value}\n`, '[global]\n')
}

async function untilAnswering(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer) return
    await wait(100)
  }
  throw new Error(`Nothing answers at ${url}.`)
}
