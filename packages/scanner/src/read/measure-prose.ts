import type { ProseFacts } from '@countersign/core/guardrails/evidence/file-facts'

const countsMax = 100_000
const linesMax = 20_000
const linksMax = 200
const stockPhrase =
  /\b(?:in today's fast-paced|it's important to note|delve into|unlock the (?:full )?potential|game-?chang(?:er|ing)|seamless(?:ly)?|cutting-edge|leverage the power|revolutioniz|elevate your|robust and scalable|comprehensive suite)\b/gi

/** Measures the body of a Markdown file. */
export function measureProse(body: string): ProseFacts {
  const trimmed = body.trim()
  return {
    characters: trimmed.length,
    lines: trimmed === '' ? 0 : countBreaks(trimmed) + 1,
    placeholders: trimmed.includes('{{') ? countOf(trimmed, /\{\{[^{}\n]{1,80}\}\}/g) : 0,
    todos: ['TODO', 'FIXME', 'TBD'].some((word) => trimmed.includes(word))
      ? countOf(trimmed, /^[ \t]{0,40}(?:[-*][ \t]{1,8})?(?:TODO|FIXME|TBD)\b/gm)
      : 0,
    stockPhrases: countOf(trimmed, stockPhrase),
    links: trimmed.includes('](') ? listLinks(trimmed) : [],
  }
}

function countBreaks(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1 && count < countsMax; at = text.indexOf('\n', at + 1))
    count += 1
  return count
}

function countOf(text: string, pattern: RegExp): number {
  let count = 0
  for (const _ of text.matchAll(pattern)) if (++count >= countsMax) break
  return count
}

/** The relative links to files, outside of fenced blocks. */
function listLinks(text: string): { target: string; line: number }[] {
  let isFenced = false
  const links = text.split('\n', linesMax).flatMap((line, index) => {
    if (/^\s*(?:```|~~~)/.test(line)) isFenced = !isFenced
    return isFenced ? [] : linksOf(line).map((target) => ({ target, line: index + 1 }))
  })
  return links.slice(0, linksMax)
}

function linksOf(line: string): string[] {
  if (!line.includes('](')) return []
  const links = line
    .slice(0, 2_000)
    .matchAll(/\]\((?![a-z]+:|#|\/|<)([^()\s#]{1,200})(?:#[^()\s]{0,80})?\)/gi)
  return [...links].flatMap(([, target]) =>
    target && /\.\w{1,5}$/.test(target) && !/[{}$*]/.test(target) ? [target] : [],
  )
}
