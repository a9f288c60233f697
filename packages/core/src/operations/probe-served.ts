import { asCaller, systemActor } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import type { Reads, ServedVersion } from '../reads.ts'
import { asClient, ensureProbe, type ProbeClient } from './probe-client.ts'

/** Something that a client was given and that is not what is live. */
export interface Drift {
  slug: string
  /** Which of our faces gave it: `catalogue`, `bundle`, `zip`, `git`. */
  face: string
}

export type ProbePorts = Pick<Ports, 'store' | 'transact'> & {
  reads: Pick<Reads, 'listServed' | 'listEntities'>
  /** Fetches every face as the client that has this token, and names what differs from what is live. */
  compareFaces(live: readonly ServedVersion[], client: ProbeClient): Promise<Drift[]>
}

/** What a pass leaves for the next one, and for the metrics. */
interface ProbeState {
  at: string
  cursor: Id | null
  drifted: Id[]
}

export const probeSetting = 'served_probe'
const batch = 20

/**
 * Installs some of what is live as a person of its own, fetches it as their client, and compares. Every
 * pass goes on where the last one ended, and looks again at what had drifted.
 *
 * What differs is put on record and told once, when it begins. What changes while it is looked at is
 * left to the next pass.
 */
export async function probeServed(ports: ProbePorts, everyS: number): Promise<number> {
  const { store, reads } = ports
  const last = readState(await store.settings.read(probeSetting))
  // Another worker has just looked.
  if (Date.now() - Date.parse(last.at) < everyS * 900) return 0
  const probe = await ensureProbe(ports)
  const page = await reads.listEntities({ isServed: true }, asCaller(probe), {
    limit: batch,
    cursor: last.cursor ?? undefined,
  })
  await installOnly(ports, probe.id, [
    ...last.drifted,
    ...page.items.map(({ entity }) => entity.id),
  ])

  const live = await reads.listServed(probe.id)
  const found = await asClient(ports, probe, (client) => ports.compareFaces(live, client))
  const unchanged = listUnchanged(live, await reads.listServed(probe.id))
  const drifted = unchanged.flatMap((version) => {
    const faces = found.filter(({ slug }) => slug === version.slug).map(({ face }) => face)
    return faces.length > 0 ? [{ version, faces: [...new Set(faces)] }] : []
  })
  const fresh = drifted.filter(({ version }) => !last.drifted.includes(version.entityId))
  await record(ports, fresh, {
    at: new Date().toISOString(),
    cursor: page.nextKey,
    drifted: drifted.map(({ version }) => version.entityId),
  })
  return drifted.length
}

function readState(value: unknown): ProbeState {
  const { at = '', cursor = null, drifted = [] } = (value ?? {}) as Partial<ProbeState>
  return { at, cursor, drifted }
}

async function installOnly(
  { store, reads }: Pick<ProbePorts, 'store' | 'reads'>,
  probeId: Id,
  wanted: readonly Id[],
): Promise<void> {
  const installed = await reads.listServed(probeId)
  for (const { entityId } of installed) {
    if (!wanted.includes(entityId)) await store.installs.delete(probeId, entityId)
  }
  for (const entityId of new Set(wanted)) await store.installs.insert(probeId, entityId)
}

function listUnchanged(
  before: readonly ServedVersion[],
  after: readonly ServedVersion[],
): ServedVersion[] {
  const now = new Map(after.map((version) => [version.entityId, JSON.stringify(version)]))
  return before.filter((version) => now.get(version.entityId) === JSON.stringify(version))
}

async function record(
  { transact }: Pick<Ports, 'transact'>,
  fresh: readonly { version: ServedVersion; faces: readonly string[] }[],
  state: ProbeState,
): Promise<void> {
  await transact(async (store) => {
    await store.settings.write(probeSetting, state, null)
    for (const { version, faces } of fresh) {
      const { entityId, n, slug, name, type, hash } = version
      const params = { version_no: n, version_hash: hash, faces }
      const resource = `entity:${entityId}`
      await store.audit.append({ actor: systemActor, action: 'probe.drifted', resource, params })
      const data = { entity_id: entityId, version_no: n, slug, name, type, faces }
      await store.events.append({ type: 'entity.drifted', audienceId: null, isPublic: false, data })
    }
  })
}
