/** A page of a list, newest first. `next_cursor` leads on, and is null at the end. */
export interface Page<Item> {
  items: Item[]
  next_cursor: string | null
}

export interface PageQuery {
  limit?: number | undefined
  cursor?: string | undefined
}
