import type { FileRole, Language } from './place.ts'
import type { Sighting } from './sighting.ts'

/** What is kept of a file after its bytes are gone. */
export interface FileFacts {
  path: string
  bytes: number
  sha256: string
  role: FileRole
  language: Language
  isGenerated: boolean
  isExecutable: boolean
  /** Whether Claude Code loads it as instructions by itself: a skill, an agent or a command. */
  isLoaded: boolean
  /** What the bytes are: `text`, or what their magic number says. */
  format: string
  /** By the name of the marker, in the order of the text. */
  sightings: ReadonlyMap<string, readonly Sighting[]>
  frontMatter: Readonly<Record<string, unknown>> | null
  /** Why the front matter is no valid YAML, or `null`. */
  frontMatterError: string | null
  /** What the checks of content and quality measure. */
  prose: ProseFacts | null
}

/** Measures of a Markdown body. */
export interface ProseFacts {
  characters: number
  lines: number
  placeholders: number
  todos: number
  stockPhrases: number
  /** Relative links and the line that each stands on. */
  links: readonly { target: string; line: number }[]
}
