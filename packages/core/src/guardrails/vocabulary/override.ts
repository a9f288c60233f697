import { code, type Marker, phrase, spoken } from './marker.ts'

const earlier =
  "previous|prior|above|earlier|preceding|original|system|initial|your|safety|security|built-in|core|developer|ethical|anthropic|claude's|user's"
const filler = 'all|any|the|of|every|these|those|other|existing|current'
const rules =
  'instructions?|rules?|guidelines?|polic(?:y|ies)|prompts?|directives?|constraints?|restrictions?|safeguards?|guardrails?|commands?|context|protocols?|safety|limitations?|alignment|filters?'

/** Words that would have the agent drop its orders and take new ones. */
export const overrideMarkers: readonly Marker[] = [
  {
    name: 'override',
    atoms: [
      'ignor',
      'disregard',
      'forget',
      'overrid',
      'bypass',
      'supersed',
      'discard',
      'circumvent',
    ],
    pattern: phrase`\b(?:ignor(?:e|es|ing)|disregard(?:s|ing)?|forget(?:s|ting)?|overrid(?:e|es|ing)|
      bypass(?:es|ing)?|supersed(?:e|es|ing)|discard|circumvent)
      (?: (?:about|of))?(?: (?:${filler})){0,3}(?: (?:${earlier})){1,3}(?: [a-z-]{2,14}){0,2} (?:${rules})\b`,
    places: spoken,
    reach: 1,
  },
  {
    name: 'override-rank',
    atoms: ['precedence', 'priority', 'overrid', 'supersede'],
    pattern: phrase`\b(?:this|these|the following|such)(?: [a-z-]{2,14}){0,3}
      (?: (?:take|takes|has|have|must|should|shall|will|are|is)){0,3}
      (?: (?:precedence|priority) over| overrides?| supersedes?)
      (?: [a-z'-]{1,14}){0,4} (?:${rules})\b|
      high(?:est)?[ -]priority system (?:instruction|directive)`,
    places: spoken,
    reach: 1,
  },
  {
    name: 'role-swap',
    atoms: [
      'mode',
      'unrestricted',
      'jailbr',
      'no restrictions',
      'no limits',
      'restrictions',
      'dan',
    ],
    pattern: phrase`\byou are (?:now )?(?:operating |running )?(?:in |an? )?(?:[a-z]{2,14} )?
      (?:unrestricted|jailbroken|uncensored|unfiltered|dan\b|god mode|root mode|admin mode|maintenance mode|debug mode|developer mode)|
      \b(?:enter|activate|enable|switch to|engage)(?: [a-z]{2,14}){0,2} (?:unrestricted|jailbreak|god|dan|uncensored|unfiltered) mode|
      \b(?:act|behave|respond|operate) (?:as if|as though|like) (?:you (?:have|had) no|there (?:are|were) no)(?: [a-z]{2,14}){0,2} (?:${rules})|
      \b(?:without|free (?:of|from)|no longer (?:bound|restricted|limited|constrained) by)(?: [a-z]{2,14}){0,2} (?:ethical|safety|content|moral)(?: [a-z]{2,14}){0,2} (?:${rules}|considerations)|
      \bdo anything now\b|comply with (?:all|any|every) requests?`,
    places: spoken,
    reach: 1,
  },
  {
    name: 'safety-off',
    atoms: [
      'safety',
      'filter',
      'guardrail',
      'safeguard',
      'restrictions',
      'ethical',
      'moderation',
      'guidelines',
    ],
    pattern: phrase`\b(?:safety|content|ethical|security|moderation|usage)(?: (?:and|or|safety|content|security))?
      (?: (?:filter(?:s|ing)?|rules?|checks?|guidelines?|restrictions?|guardrails?|safeguards?|protocols?|polic(?:y|ies)|controls?|measures?|constraints?|mechanisms?)){1,2}
      (?: (?:is|are|was|were|have|has|been|being|should|must|will|be|temporarily|fully|all|not|do|does|no|longer)){1,5}
      (?: (?:disabled|off|suspended|bypassed|lifted|removed|inactive|ignored|waived|deactivated|apply|applicable|enforced))|
      \b(?:disabl(?:e|es|ing)|turn(?:s|ing)? off|bypass(?:es|ing)?|deactivat(?:e|es|ing)|suspend(?:s|ing)?|remov(?:e|es|ing)|ignor(?:e|es|ing))
      (?: (?:all|any|the|your|its|claude|model|ai|every|these|those|of)){0,4}
      (?: (?:safety|ethical|content|moderation))
      (?: (?:filter(?:s|ing)?|rules?|checks?|guidelines?|restrictions?|guardrails?|safeguards?|protocols?|controls?|measures?|constraints?|mechanisms?))\b`,
    places: spoken,
    reach: 1,
  },
  {
    name: 'fake-turn',
    atoms: [
      '<|im_start',
      '[inst]',
      '<<sys>>',
      '[system',
      '<system',
      'system prompt:',
      'system override',
      '<|system',
      'system:',
      '### system',
      '</system',
      'system note',
      'system message',
      'ai system',
      'end of system prompt',
      'end of prompt',
    ],
    pattern: code`<\|im_(?:start|end)\|>|\[/?INST\]|<</?SYS>>|<\|(?:system|user|assistant|endoftext)\|>|
      \[\s?system(?:\s(?:override|note|message|prompt|update|notice|alert|admin))?\s?[\]:]|
      </?system(?:[_-](?:prompt|override|message|instruction|note|reminder))?>|
      ^[\s#>*_-]{0,8}(?:ai\s)?system\s(?:override|directive|instruction|update|note)\s?[:*]|\bai\ssystem\s?:|-{2,}\s?end\sof\s(?:system\s)?prompt|
      ^[\s#>*_-]{0,8}system\soverride\b|\bimportant\soverride\s?:`,
    places: spoken,
  },
  {
    name: 'agent-note',
    atoms: ['agent', 'assistant', 'system', 'claude', 'llm', 'model', 'ai '],
    pattern:
      /(?:^|[#*/<[({>"'-]\s{0,3})(?:AI|AGENT|SYSTEM|ASSISTANT|CLAUDE|LLM|MODEL)(?: AGENT| ASSISTANT)?(?: (?:INSTRUCTIONS?|DIRECTIVES?|OVERRIDE|NOTE|NOTICE|COMMAND|TASK|ONLY|READ))?\s?:\s+\S|\b(?:AI|AGENT|SYSTEM|ASSISTANT) (?:INSTRUCTIONS?|DIRECTIVES?|OVERRIDE)\b|\bNOTE TO (?:AI|AGENTS?|ASSISTANTS?|LLMS?)\b/,
  },
  {
    name: 'prompt-leak',
    atoms: [
      'system prompt',
      'system_prompt',
      'initial instructions',
      'hidden instructions',
      'initial prompt',
      'original instructions',
      'system instructions',
      'your instructions',
      'conversation history',
    ],
    pattern: phrase`\b(?:reveal|print|output|repeat|show|display|disclose|leak|recite|echo|expose|return|include|including|append|dump|extract|send|outputting|with)
      (?: (?:me|the|your|its|their|full|entire|complete|all|of|any|verbatim|exact|current|contents?|a|copy|hidden|back|out|user's|original|first)){0,7}
      (?: (?:system|initial|original|hidden|secret|internal|developer))?
      (?: (?:system[ _]prompts?|initial (?:prompts?|instructions)|hidden (?:prompts?|instructions)|original (?:prompts?|instructions)|system instructions))\b`,
    places: spoken,
    reach: 1,
  },
  {
    name: 'content-as-orders',
    atoms: ['instruction', 'directive', 'command', 'follow'],
    pattern: phrase`\b(?:treat|interpret|regard|consider|process|handle|recognize|accept)
      (?: [^\s.]{1,24}){1,18} as (?:an? |the )?(?:[a-z-]{2,16} ){0,3}(?:instructions?|directives?|commands?|orders?)\b|
      \b(?:follow|execute|obey|perform|run|carry out|apply|act on|comply with)(?: (?:any|all|the|every|those|these|its|whatever)){1,3}
      (?: [a-z-]{2,16}){0,2} (?:instructions?|directives?|commands?|steps|prompts?)
      (?: (?:that|which|you|are|is|it|find|contain(?:s|ed)?|found|embedded|present|included|returned|received|provided|written|specified|listed|given|inside|within|in|from|at|on|by)){1,5}
      (?: (?:the|a|any|each|its|their|those|retrieved|fetched|downloaded|remote|external|[a-z]{3,12})){0,2}
      (?: (?:https?:|[a-z-]{0,16}(?:page|site|website|url|response|email|comment|description|feed|metadata|endpoint|ticket|article|event|note|footer|repl(?:y|ie)|post|tweet|memo|invoice|attachment)s?))|
      must be (?:treated|executed|followed|interpreted|processed|obeyed)(?: [a-z]{1,14}){0,2}(?: as)?(?: [a-z]{1,14}){0,3} (?:directives?|instructions?|commands?)`,
    places: spoken,
    reach: 2,
  },
  {
    name: 'remote-orders',
    atoms: ['http', 'url', 'remote', 'fetch', 'download'],
    pattern: phrase`\b(?:fetch|download|retrieve|load|get|read|pull|check|visit|open|curl|webfetch)(?: [^\s.]{1,20}){0,6}
      (?: (?:https?://[^\s"'\x60<>)]{4,120}|(?:remote|external) (?:url|server|endpoint|config(?:uration)?|instructions?|file)))
      (?: [^\s]{1,24}){0,8}
      (?: |, ?|\. ?)(?:and |then |to )?(?:follow|execute|obey|run|apply|perform|carry out|act on|adopt)(?: [a-z]{2,14}){0,4}
      (?: (?:instructions?|directives?|commands?|steps|it|them|contents?|script|prompts?|rules?))\b`,
    places: spoken,
    reach: 2,
  },
  {
    name: 'override-foreign',
    atoms: [
      'ignora',
      'ignorez',
      'oublie',
      'ignoriere',
      'vergiss',
      'игнорируй',
      'забудь',
      '忽略',
      '无视',
      '忘记',
      '無視',
      '忽視',
      '무시',
      'تجاهل',
      'ignorar',
      'negeer',
      'zignoruj',
      'yok say',
      'görmezden',
      'bỏ qua',
      'अनदेखा',
      'abaikan',
      'esquece',
      'olvida',
    ],
    pattern: code`\b(?:ignora|olvida|ignore[sz]?|ignorar|esque[cç]a|oublie[sz]?|ignorez|ignoriere|vergiss|negeer|zignoruj|abaikan|dimentica)\b.{0,30}
      (?:instruc|instruç|anweisung|vorherig|précédent|anterior|precedent|instructies|polecenia|instruksi|istruzioni|indicaciones|règles|reglas|regras)|
      (?:игнорируй|забудь).{0,30}(?:инструкц|указан|правил)|(?:忽略|无视|無視|忘记|忽視).{0,12}(?:指令|指示|提示|规则|規則|说明|命令)|
      (?:指示|命令|ルール|プロンプト).{0,8}(?:無視|忘れ)|(?:지시|명령|지침|규칙).{0,10}무시|تجاهل.{0,30}(?:تعليمات|التعليمات|الأوامر)|
      (?:talimat|yönerge).{0,30}(?:yok say|görmezden)|bỏ qua.{0,30}(?:hướng dẫn|chỉ thị|lệnh)|निर्देश.{0,20}अनदेखा`,
    reach: 1,
  },
]
