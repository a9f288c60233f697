import type { Place } from '@countersign/core/guardrails/evidence/place'
import type { Context } from '@countersign/core/guardrails/evidence/sighting'

const negation =
  /(?:\b(?:never|do not|don['’]t|avoid|must not|should not|shouldn['’]t|shall not|may not|cannot|can['’]t|won['’]t|will not|does not|doesn['’]t|no longer|refuse[sd]? to|rather than|instead of|prevent(?:s|ed|ing)?|blocks?|blocking|detect(?:s|ed|ing|ion)?(?: of)?|flag(?:s|ged|ging)?|warn(?:s|ing)?|reject(?:s|ed)?|forbid(?:s|den)?|prohibit(?:s|ed)?|look(?:s|ing)? for|check(?:s|ing)? for|scan(?:s|ning)? for|search(?:es|ing)? for|watch for|beware|protect(?:s|ed|ing)? against|defend(?:s|ed)? against|guard(?:s|ed)? against|stop(?:s)? if|refuse|no need to|not|isn['’]t|aren['’]t|unless|attempts? to|trying to|tries to|tricks?|attackers?|malicious|adversar(?:y|ies|ial)|suspicious|anti-pattern|bad practice|red flag|violation|prompt injection)\b|[❌🚫⛔✗✘])[^.!?\n]{0,110}$/iu

const defensiveHeading =
  /\b(?:threats?|attacks?|attacker|vulnerab\w*|red flags?|anti-?patterns?|bad|avoid|don['’]?ts?|never|malicious|injection|indicators?|detect\w*|risks?|warnings?|security|pitfalls?|forbidden|prohibited|unsafe|insecure|exploit\w*|malware|abuse|audit\w*|scan\w*|red team\w*|pentest\w*|hunt\w*|mitigat\w*|defen[cs]\w*|sanitiz\w*|what not to|limitations|wrong|danger\w*|blocked|deny|guardrails?|boundar\w*)\b/i

/** What a text says of the words that it has just quoted, when it warns of them. */
const warning =
  /^[^.!?\n]{0,90}(?:prompt injection|\binjection\b|\battacks?\b|jailbreak|malicious|suspicious|do not (?:obey|follow|comply)|must be (?:refused|rejected|ignored)|red flag|\bis (?:a )?(?:threat|violation)|❌|→ ?(?:block|reject|critical|high))/i

/** Weighs a place by what stands before and behind it on its line, and over it. */
export function judgeContext(
  place: Place,
  { before, after, heading }: { before: string; after: string; heading: string },
): Pick<Context, 'isNegated' | 'isQuoted' | 'isInlineCode'> & { hasDefensiveHeading: boolean } {
  const isCode = place === 'code' || place === 'config' || place === 'injected'
  return {
    isNegated: !isCode && (negation.test(before.slice(-160)) || warning.test(after)),
    isQuoted: !isCode && !isField(place, before) && isInQuotes(before, after),
    isInlineCode: !isCode && count(before.slice(-200), '`') % 2 === 1 && after.includes('`'),
    hasDefensiveHeading: defensiveHeading.test(heading),
  }
}

/** Whether the quotes are those of a field's value, which says what it says and quotes nobody. */
function isField(place: Place, before: string): boolean {
  return place === 'front_matter' || /^[\s{[,-]*["'][\w -]{1,40}["']\s*:\s*["'][^"]*$/.test(before)
}

function isInQuotes(before: string, after: string): boolean {
  const open = before.slice(-200)
  return (
    (count(open, '"') % 2 === 1 && after.includes('"')) ||
    (open.lastIndexOf('“') > open.lastIndexOf('”') && after.includes('”'))
  )
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1
}
