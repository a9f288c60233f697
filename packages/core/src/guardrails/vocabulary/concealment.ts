import { type Marker, phrase, spoken } from './marker.ts'

const told =
  'tell|mention|inform|notify|reveal|disclose|alert|show|report|warn|display|expose|describe|explain|acknowledge|surface|announce|discuss|state|indicate|communicate|advise|let'
const people =
  'users?|anyone|them|people|developers?|owners?|victims?|operators?|humans?|customers?|clients?|readers?|administrators?|admins?|reviewers?'

/** Words that would keep something from the person in whose name the agent acts. */
export const concealmentMarkers: readonly Marker[] = [
  {
    name: 'conceal',
    atoms: [
      'user',
      'anyone',
      'human',
      'them',
      'customer',
      'developer',
      'owner',
      'this step',
      'these',
      'this',
      'reviewer',
      'admin',
    ],
    pattern: phrase`\b(?:(?:do|must|should|shall|will|does|can|need)(?: not|n[o'’]t)|never|don[’']?t|cannot|avoid|without|refrain from)
      (?: (?:ever|be|also|to|explicitly|even|ever|directly))?
      (?: (?:${told}|telling|mentioning|informing|notifying|revealing|disclosing|alerting|showing|reporting|warning))
      (?: [a-z'’-]{1,14}){0,7}? (?:to |from )?(?:the |any |end[ -]|your )?(?:${people})\b|
      \b(?:the |any )?users? (?:should|must|shall|will|need|does|is|are|do|can|would)(?: not|n[o'’]t)(?: (?:to|be|ever))?
      (?: (?:know|see|notice|aware|told|informed|notified|made aware|shown|alerted|asked|learn))|
      \bnot (?:be )?(?:shown|disclosed|visible|reported|displayed|revealed|mentioned|surfaced|communicated|exposed|presented) to (?:the |any |end[ -])?(?:${people})|
      \b(?:hid(?:e|es|den|ing)|conceal(?:s|ed|ing)?|keep(?:s|ing)?|mask(?:s|ed|ing)?)(?: [a-z'’-]{1,14}){0,6} (?:from|invisible to) (?:the |any |end[ -])?(?:${people})|
      \bwithout (?:the |any )?(?:user|users|user's|user’s|their|human|owner's|owner)(?: |’s |'s )?(?:explicit |prior )?(?:knowing|knowledge|noticing|awareness|being (?:aware|notified|told|informed))|
      \bdoes not notify the user|\bdo not (?:mention|disclose|reveal|discuss|acknowledge)(?: (?:this|these|the))(?: [a-z'’-]{1,14}){0,4}? (?:step|steps|instructions?|process|operations?|transmission|upload|action|section|file|files|requirement|behavior|collection|logging|rule|rules|directive)`,
    places: spoken,
    reach: 1,
  },
  {
    name: 'covert',
    atoms: [
      'silently',
      'secretly',
      'stealth',
      'discreetly',
      'transparently',
      'invisibly',
      'in the background',
      'quietly',
      'unnoticed',
      'without detection',
      'covert',
      'undetect',
      'hidden',
    ],
    pattern: phrase`\b(?:silently|covertly|secretly|stealthily|discreetly|invisibly|quietly|surreptitiously)
      (?: (?:and|in|the|background|also|then)){0,4}
      (?: (?:send|upload|post|transmit|forward|exfiltrat|collect|read|gather|copy|record|log|captur|request|escalat|install|download|execut|run|add|append|modif|replac|inject|includ|insert|monitor|track|scan|harvest|extract|back ?up|sync|report|creat|delet|disabl|store|save|write|access|perform|call|invoke|query|approv|grant|enabl|fetch|share|stor)[a-z]{0,5})\b|
      \b(?:send|upload|post|transmit|forward|exfiltrat|collect|gather|record|captur|execut|run|installs?|download)[a-z]{0,4}(?: [a-z'’-]{1,14}){0,6} (?:silently|covertly|secretly|discreetly|undetected|unnoticed|without (?:detection|being detected|raising suspicion))|
      \b(?:stealth(?:y|ily)?|covert|hidden|undetect(?:ed|able)) (?:injection|insertion|upload|transfer|transmission|exfiltration|collection|capture|recording|installation|execution|download) of\b`,
    places: spoken,
    reach: 1,
  },
  {
    name: 'no-consent',
    atoms: [
      'confirm',
      'permission',
      'approval',
      'consent',
      'asking',
      'prompting',
      'verification',
      'authorization',
    ],
    pattern: phrase`\bwithout (?:any |further |first |explicit |prior |user |the user's |their |additional |human |requiring |requesting |asking for |waiting for |seeking )*
      (?:confirmation|permission|approval|consent|authorization|asking|prompting|verification|review)\b|
      \b(?:do not|don[’']?t|never|no need to|need not) (?:ask|prompt|wait|request|seek|require)(?: [a-z'’-]{1,14}){0,4} (?:confirmation|permission|approval|consent|authorization)|
      \b(?:skip|bypass|disable|suppress|omit)(?: [a-z'’-]{1,14}){0,3} (?:confirmation|permission|approval|consent|authorization)(?: (?:prompts?|dialogs?|checks?|steps?|requests?))?|
      \bno (?:user |further |additional |explicit )?(?:confirmation|permission|approval|consent)(?: (?:is|are))? (?:needed|required|necessary)|
      \b(?:auto(?:matically)?[ -]?approv(?:e|es|ing))(?: [a-z'’-]{1,14}){0,3} (?:all|every|any|requests?|permissions?|actions?|prompts?|tools?)`,
    places: spoken,
    reach: 1,
  },
  {
    name: 'deny-if-asked',
    atoms: ['asks', 'asked', 'questions', 'inquires', 'ask about', 'questioned'],
    pattern: phrase`\bif (?:the |an? |any )?(?:user|users|anyone|someone|they|you|asked|questioned|customer|reviewer)(?: (?:is|are|ever))?(?: (?:asks?|asked|questions?|questioned|inquires?|notices?|complains?))?
      (?: [a-z0-9'’,-]{1,16}){0,14},? (?:say|respond|reply|deny|claim|answer|tell them|explain|state|insist|pretend|assure|attribute|deflect|blame|confirm)
      (?: [a-z'’,-]{1,16}){0,10} (?:not|no|n[’']t|nothing|none|only|routine|standard|normal|unavailable|temporary|technical|deletion|required|automatic)\b`,
    places: spoken,
    reach: 2,
  },
  {
    name: 'false-authority',
    atoms: [
      'authorized',
      'authorised',
      'pre-approved',
      'preapproved',
      'approved by',
      'on behalf of',
      'administrator',
      'anthropic',
      'security team',
      'compliance',
    ],
    pattern: phrase`\b(?:this|these|the|following|such|has been|have been|is|are|already|been|was|were)(?: [a-z-]{2,16}){0,4}
      (?: (?:authorized|authorised|pre-?approved|approved|sanctioned|mandated|cleared|whitelisted))
      (?: (?:by|under|per|from)(?: the)?(?: [a-z-]{2,16}){0,3} (?:administrators?|admins?|anthropic|openai|security|compliance|it (?:team|department)|management|developers?|operators?|owner|engineering|leadership|legal|policy|system))`,
    places: spoken,
    reach: 1,
  },
]
