export interface Sweep {
  name: string
  everyMs: number
  /**
   * Does a bounded part of the work; says how much, so that a full part is followed at once. The signal
   * says that the process wants to leave.
   */
  run(signal: AbortSignal): Promise<number>
  /** How much a full part is. */
  batch: number
}

/** Does small regular work until stopped: one pass after the other, never two at once. */
export function startSweep(
  sweep: Sweep,
  { onError }: { onError(error: unknown, context: { job: string }): void },
): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  let wake = () => {}
  const loop = async () => {
    while (!signal.aborted) {
      const done = await sweep.run(signal).catch((error) => {
        onError(error, { job: sweep.name })
        return 0
      })
      if (done >= sweep.batch || signal.aborted) continue
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
      stopping.abort(new Error('The worker is leaving.'))
      wake()
      await running
    },
  }
}
