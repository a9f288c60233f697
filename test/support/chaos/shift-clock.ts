/** Sets this process's clock wrong by `CHAOS_CLOCK_MS`. The monotonic clock stays what it is. */
const shiftMs = Number(process.env.CHAOS_CLOCK_MS ?? 0)
const RightDate = Date

if (shiftMs !== 0) {
  globalThis.Date = new Proxy(RightDate, {
    construct: (target, args) =>
      args.length === 0 ? new target(target.now() + shiftMs) : Reflect.construct(target, args),
    get: (target, key, receiver) =>
      key === 'now' ? () => target.now() + shiftMs : Reflect.get(target, key, receiver),
  })
}
