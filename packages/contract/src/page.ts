import { Id } from '@countersign/core/ids'
import type { Page } from '@countersign/core/reads'
import { z } from 'zod'

/** Points behind the last item of a page. Opaque to clients. */
const Cursor = z
  .string()
  .transform((text) => Buffer.from(text, 'base64url').toString())
  .pipe(Id)

/** The query of every list. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: Cursor.optional(),
})
export type PageQuery = z.infer<typeof PageQuery>

/** A page of a list, newest first. */
export function pageOf<const Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next_cursor: z.string().nullable().describe('Give it back as `cursor`; null at the end.'),
  })
}

/** A page on the wire. */
export function viewPage<Item, View>({ items, nextKey }: Page<Item>, view: (item: Item) => View) {
  return { items: items.map((item) => view(item)), next_cursor: viewCursor(nextKey) }
}

/** Turns the key of the last item into the cursor that leads on from it. */
export function viewCursor(key: string | null): string | null {
  return key === null ? null : Buffer.from(key).toString('base64url')
}

/** A moment on the wire. */
export const Moment = z.iso.datetime()

export function viewMoment(moment: Date): string
export function viewMoment(moment: Date | null): string | null
export function viewMoment(moment: Date | null): string | null {
  return moment === null ? null : moment.toISOString()
}
