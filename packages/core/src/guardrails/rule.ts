import type { BundleFacts } from './evidence/bundle-facts.ts'
import type { Sighting } from './evidence/sighting.ts'
import type { Severity, Tier } from './finding.ts'

/** What a rule says of itself. The registry of these is what `docs/guides/rules.md` shows. */
export interface RuleCard {
  /** `FAM-NNN`, never given to another rule. */
  id: string
  /** Raised whenever the rule would find something else in the same bytes. */
  version: number
  tier: Tier
  severity: Severity
  /** How sure the rule is in a plain context, 0 to 1. */
  confidence: number
  category: string
  title: string
  /** A sentence for the person who must act on it. */
  message: string
  fixHint: string
  /** A line or a few that the rule finds, and their nearest honest neighbour, for `path` in a bundle. */
  example: { bad: string; good: string; path?: string }
}

/** A rule: its card, and a pure function from facts to the places that bear it out. */
export interface Rule extends RuleCard {
  find(bundle: BundleFacts): Match[]
  /** Set where no context takes weight from it: a program stays a program in a folder of tests. */
  isSteadfast?: boolean
}

/** One occurrence: the place that is shown, and the places that bear it out. */
export interface Match {
  at: Place
  related?: readonly Sighting[]
  /** Replaces the rule's own tier where the place itself makes it weaker or stronger. */
  tier?: Tier
  confidence?: number
  /** Says more than the rule's own message can. */
  message?: string
}

/** Where a match is shown: a sighting, or a file or the bundle as a whole. */
export type Place = Sighting | WholeFile

export interface WholeFile {
  file: string | null
  line: number | null
  excerpt: string
}

export function isSighting(place: Place): place is Sighting {
  return 'marker' in place
}
