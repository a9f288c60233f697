import { customType, timestamp } from 'drizzle-orm/pg-core'

/** A moment, read as a `Date`. */
export const moment = (name: string) => timestamp(name, { withTimezone: true })

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
})
