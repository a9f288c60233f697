import { concealmentMarkers } from './concealment.ts'
import { evasionMarkers } from './evasion.ts'
import { executionMarkers } from './execution.ts'
import { harmMarkers } from './harm.ts'
import { hostMarkers } from './host.ts'
import { lureMarkers } from './lure.ts'
import type { Marker } from './marker.ts'
import { overrideMarkers } from './override.ts'
import { persistenceMarkers } from './persistence.ts'
import { secretMarkers } from './secret.ts'
import { sinkMarkers } from './sink.ts'
import { sourceMarkers } from './source.ts'
import { supplyMarkers } from './supply.ts'

/** Every word that is looked for in every text. */
export const vocabulary: readonly Marker[] = [
  ...overrideMarkers,
  ...concealmentMarkers,
  ...sourceMarkers,
  ...sinkMarkers,
  ...hostMarkers,
  ...executionMarkers,
  ...harmMarkers,
  ...persistenceMarkers,
  ...lureMarkers,
  ...supplyMarkers,
  ...evasionMarkers,
  ...secretMarkers,
]
