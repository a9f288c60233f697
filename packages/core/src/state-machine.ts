type Table<Status extends string> = Readonly<
  Record<Status, Readonly<Partial<Record<string, Status>>>>
>
type EventOf<T> = { [S in keyof T]: keyof T[S] & string }[keyof T]

/** Turns a table of `status → event → next status` into the only way to change a status. */
export function defineStateMachine<Status extends string, const T extends Table<Status>>(table: T) {
  type S = keyof T & string
  type Event = EventOf<T>
  const statuses = Object.keys(table) as [S, ...S[]]
  const next = (from: S, event: Event): S | undefined =>
    (table[from] as Partial<Record<Event, S>> | undefined)?.[event]

  return {
    table,
    statuses,

    /** The status that `event` leads to, or `undefined` where the table has no such edge. */
    after: next,

    /** The statuses in which `event` may happen. */
    statusesBefore: (event: Event): S[] => statuses.filter((from) => next(from, event)),
  }
}
