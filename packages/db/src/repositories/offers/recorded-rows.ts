import { encodeJson } from '@countersign/core/encode-json'
import { newId } from '@countersign/core/ids'
import type { Recorded } from '@countersign/core/submissions/record-submission'
import { sql } from 'drizzle-orm'
import { now } from '../../clock.ts'

/** What goes on record as values for the placeholders `audited` and `told`, however much that is. */
export function encodeRecorded({ entries, events }: Recorded) {
  const audited = entries.map(({ actor, ...entry }) => ({
    ...{ id: newId(), actorId: actor.id, actorKind: actor.kind },
    ...entry,
  }))
  const told = events.map((event) => ({ id: newId(), ...event }))
  return { audited: encodeJson(audited), told: encodeJson(told) }
}

/** The same as rows of `audit_entries`, in the order of its columns. */
export const auditedRows = sql`
  select "id", ${now}, "actorId", "actorKind", "action", "resource", "params", null::bigint, null, null
  from jsonb_to_recordset(${sql.placeholder('audited')}::jsonb) as entry (
    "id" uuid, "actorId" text, "actorKind" text, "action" text, "resource" text, "params" jsonb
  )`

/** And as rows of `events`, in the order of its columns. */
export const toldRows = sql`
  select "id", nextval('event_positions'), null::bigint, "type", ${now},
    "audienceId", "isPublic", "workspaceId", "data"
  from jsonb_to_recordset(${sql.placeholder('told')}::jsonb) as event (
    "id" uuid, "type" text, "audienceId" uuid, "isPublic" boolean, "workspaceId" uuid, "data" jsonb
  )`
