import type { Id } from '../ids.ts'

export interface WorkerRepository {
  /** Tells that a worker lives, and how busy it is. */
  beat(worker: {
    id: Id
    host: string
    pid: number
    concurrency: number
    active: number
  }): Promise<void>
  leave(id: Id): Promise<void>
}

export interface SettingRepository {
  read(key: string): Promise<unknown>
  /** Those that were written, by their keys. */
  readAll(keys: readonly string[]): Promise<ReadonlyMap<string, unknown>>
  write(key: string, value: unknown, by: Id | null): Promise<void>
  forget(key: string): Promise<void>
  /** Writes a moment, so far from now, by the clock that all processes share. */
  writeDeadline(key: string, inMs: number): Promise<void>
  /** How far off such a moment is by that clock; 0 if it has passed, or was never written. */
  readLeftMs(key: string): Promise<number>
}
