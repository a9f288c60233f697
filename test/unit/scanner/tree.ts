import type { InspectionSubject } from '@countersign/core/guardrails/inspection'
import type { BundleFile } from '@countersign/core/store/file-tree'
import { guessSubject } from '@countersign/scanner/guess-subject'

/** A subject of the given files. */
export async function aSubject(
  files: Record<string, string | Uint8Array>,
): Promise<InspectionSubject> {
  const tree = Object.entries(files).map(([path, content]): BundleFile => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    return { path, size: bytes.length, isExecutable: false, read: async () => bytes }
  })
  return guessSubject(
    tree.sort((a, b) => (a.path < b.path ? -1 : 1)),
    'a-bundle',
  )
}

/** A skill that nobody has anything against, with something more in its body. */
export function aSkill(body = ''): string {
  return `---
name: release-notes
description: Writes release notes from the commits since the last tag, grouped by what they mean for users.
---

# Release notes

Read the commits since the last tag. Group them by what they mean for the people who use the program.
Leave out what only concerns its authors. Write one sentence for each change, in the present tense, and
link to the discussion where there is one. Show the draft and let the user correct it.

${body}
`
}
