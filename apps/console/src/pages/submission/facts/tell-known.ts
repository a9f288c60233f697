import type { FindingView } from '@countersign/sdk'

/**
 * Says of a finding that the live version has it too, and how. Findings are the same if they are of one
 * rule about the same words, wherever those stand; but what a file has more often than it had is new.
 */
export function tellKnown(
  own: readonly FindingView[],
  live: readonly FindingView[],
): (finding: FindingView) => string | undefined {
  const now = count(own, placeOf)
  const before = count(live, placeOf)
  const anywhere = count(live, wordsOf)
  return (finding) => {
    if (!anywhere.has(wordsOf(finding))) return
    const place = placeOf(finding)
    const times = before.get(place) ?? 0
    if (times === 0) return 'Also in the live version, in another file'
    const isMore = (now.get(place) ?? 0) > times
    return isMore ? 'Also in the live version, but less often' : 'Also in the live version'
  }
}

function wordsOf({ rule_id: rule, fingerprint }: FindingView): string {
  return `${rule} ${fingerprint}`
}

function placeOf(finding: FindingView): string {
  return `${wordsOf(finding)} ${finding.file ?? ''}`
}

function count(
  findings: readonly FindingView[],
  keyOf: (finding: FindingView) => string,
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const finding of findings) {
    const key = keyOf(finding)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
