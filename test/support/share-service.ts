import { afterAll, beforeAll } from 'vitest'
import { type Service, type ServiceOptions, startService } from './start-service.ts'

/** One service for all the tests of a file, each of which works with people of its own. */
export function shareService(options: ServiceOptions = {}): () => Service {
  const cleanUps: (() => Promise<void>)[] = []
  let service: Service | undefined
  beforeAll(async () => {
    service = await startService(options, (cleanUp) => cleanUps.push(cleanUp))
  })
  afterAll(async () => {
    for (const cleanUp of cleanUps.reverse()) await cleanUp()
  })
  return () => {
    if (!service) throw new Error('The service is not there before the tests are.')
    return service
  }
}
