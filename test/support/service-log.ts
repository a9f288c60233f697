import { openSync, writeSync } from 'node:fs'
import { inject } from 'vitest'

let file: number | undefined

/** Where the services of all tests log everything they ever would, to be searched when the run ends. */
export const serviceLog = {
  write(line: string): void {
    file ??= openSync(inject('serviceLog'), 'a')
    writeSync(file, line)
  },
}
