/** A thing that sentences speak of, whatever word they choose for it. */
export interface Concept {
  /** Verbs in their plain form; all their forms count. */
  verbs?: string
  /** Words as they stand. Two words that belong together are written with a `_` between them. */
  words?: string
}

/** Every form of a regular verb, and of one that doubles its last letter. */
export function conjugate(verb: string): string[] {
  const stem = verb.endsWith('e') ? verb.slice(0, -1) : verb
  if (/[^aeiou]y$/.test(verb)) {
    const short = verb.slice(0, -1)
    return [verb, `${short}ies`, `${short}ied`, `${verb}ing`]
  }
  const forms = [verb, `${verb}s`, `${stem}ed`, `${stem}ing`]
  if (/(?:s|x|z|ch|sh)$/.test(verb)) forms.push(`${verb}es`)
  if (/[^aeiou][aeiou][bdgmnprtl]$/.test(verb)) {
    const last = verb.slice(-1)
    forms.push(`${verb}${last}ed`, `${verb}${last}ing`)
  }
  return forms
}
