import { encodeJson } from '@countersign/core/encode-json'
import { customType, timestamp } from 'drizzle-orm/pg-core'

/** A moment, read as a `Date`. */
export const moment = (name: string) => timestamp(name, { withTimezone: true })

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
})

/** JSON of what others wrote, which may hold what no database keeps. */
export const jsonb = customType<{ data: unknown }>({
  dataType: () => 'jsonb',
  toDriver: encodeJson,
})
