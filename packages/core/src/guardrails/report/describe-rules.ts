import type { RuleCard } from '../rule.ts'
import { rules } from '../rules.ts'
import { showSnippet } from '../show-snippet.ts'

const families: Readonly<Record<string, string>> = {
  LURE: 'fake prerequisites that deliver malware',
  EXE: 'running what the bundle does not show',
  ENC: 'what is hidden by an encoding',
  FLW: 'from what is secret to where it leaves',
  CRD: 'reaching for what is secret',
  PRM: 'orders against the one the agent works for',
  CNS: 'concealment and consent',
  SOC: 'talking people out of what they must not give',
  HID: 'text that nobody sees',
  UNI: 'characters that hide, reorder or imitate',
  SHL: 'destruction and abuse',
  PER: 'staying on the machine',
  AGT: 'the agent’s memory, settings and guards',
  PRV: 'rights and protections',
  HOK: 'hooks and injected commands',
  MCP: 'servers',
  TOL: 'tools allowed in advance',
  DEP: 'code that others bring',
  NET: 'networks and hosts',
  BIN: 'content that cannot be read',
  PKG: 'limits of the inspection',
  SEC: 'credentials in the bundle',
}

/** Writes the guide to the rules from their cards: one bad and one good example each. */
export function describeRules(): string {
  const byFamily = Map.groupBy(rules, ({ id }) => id.slice(0, id.indexOf('-')))
  const sections = [...byFamily].map(
    ([family, cards]) =>
      `## ${family}: ${families[family] ?? ''}\n\n${cards.map(describeRule).join('\n')}`,
  )
  return `${introduction}\n${sections.join('\n')}`
}

const introduction = `# The rules of the static stage

Written from the rules themselves. A finding's *tier* says what it does: \`block\` stops the bundle alone, \`human\` sends it to a
person although the model approves (while \`HUMAN_REVIEW_FOR\` names \`flagged\`), \`annotate\` is shown to the model and to admins.
What stands in a text about attacks, in a test, or in quotation marks weighs less and never nothing. Nothing inside a bundle can
switch a rule off; an admin can suppress one for one file's bytes or one finding, with a reason and an end
(\`POST /api/admin/suppressions\`). How well the rules do is measured in [evaluation.md](../evaluation.md).
`

function describeRule({ id, version, tier, severity, title, message, fixHint, example }: RuleCard) {
  const place = example.path ? ` (in \`${example.path}\`)` : ''
  return `### ${id} · ${title}

\`${tier}\` · ${severity} · version ${version}. ${message} *${fixHint}*

- bad${place}: ${show(example.bad)}
- good: ${show(example.good)}
`
}

/** An example on one line, between as many backticks as it needs. */
function show(text: string): string {
  const shown = showSnippet(text)
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  const gap = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return `${fence}${gap}${shown}${gap}${fence}`
}
