import { setTimeout as sleep } from 'node:timers/promises'
import { startMessagesApi } from '@countersign/demo/messages-api'
import { approve } from '@countersign/demo/model-replies'

// The model of a measurement: it approves everything, after as long as it is told to take.
const delayMs = Number(process.env.DELAY_MS ?? 0)
const { url } = await startMessagesApi({
  script: async () => {
    if (delayMs > 0) await sleep(delayMs)
    return approve()
  },
})
process.stdout.write(`listens on ${url}\n`)
