export interface Sweep {
  name: string
  everyMs: number
  /** Does a bounded part of the work; says how much, so that a full part is followed at once. */
  run(): Promise<number>
  /** How much a full part is. */
  batch: number
}

/** Does small regular work until stopped: one pass after the other, never two at once. */
export function startSweep(
  sweep: Sweep,
  { onError }: { onError(error: unknown, context: { job: string }): void },
): { stop(): Promise<void> } {
  let isStopped = false
  let wake = () => {}
  const loop = async () => {
    while (!isStopped) {
      const done = await sweep.run().catch((error) => {
        onError(error, { job: sweep.name })
        return 0
      })
      if (done >= sweep.batch || isStopped) continue
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, sweep.everyMs)
      wake = resolve
      await promise
      clearTimeout(timer)
    }
  }
  const running = loop()
  return {
    async stop() {
      isStopped = true
      wake()
      await running
    },
  }
}
