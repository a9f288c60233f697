import type { BundleFacts } from '../../evidence/bundle-facts.ts'
import type { Match, Rule } from '../../rule.ts'
import { each, meant } from '../meant.ts'
import { isSlipOf } from './is-slip-of.ts'
import { knownWords } from './known-words.ts'

/** Names that are taken for other names. */
export const nameRules: readonly Rule[] = [
  {
    id: 'DEP-006',
    version: 1,
    tier: 'annotate',
    severity: 'medium',
    confidence: 0.5,
    category: 'supply_chain',
    title: 'A name one slip away from a known one',
    message: 'A package, or the bundle itself, is named as if for those who mistype a known name.',
    fixHint: 'Check the spelling. If it is meant, choose a name that nobody takes for another.',
    example: {
      bad: '```bash\npip install reqeusts\n```',
      good: '```bash\npip install requests\n```',
    },
    find: mistypedNames,
  },
  {
    id: 'NET-008',
    version: 1,
    tier: 'human',
    severity: 'high',
    confidence: 0.55,
    category: 'network',
    title: 'A host that borrows the name of a platform',
    message:
      'The address sounds like that of an agent’s makers or of its registry, and is not theirs.',
    fixHint: 'Link to the platform’s own address, or to one that bears your own name.',
    example: {
      bad: 'The client is described at https://openclaw-setup.net/start.',
      good: 'The client is described at https://docs.openclaw.ai/start.',
    },
    find: each(['url'], ({ detail }) => borrowsName(detail)),
  },
  {
    id: 'LURE-003',
    version: 1,
    tier: 'human',
    severity: 'high',
    confidence: 0.75,
    category: 'malware_delivery',
    title: 'A program named as a document',
    message: 'The first ending is shown and the second one counts: opening it starts a program.',
    fixHint: 'Give the file the one ending that it is.',
    example: {
      bad: 'Open `invoice.pdf.lnk` to see the numbers.',
      good: 'Open `invoice.pdf` to see the numbers.',
    },
    find: each(['double-ending']),
  },
]

/** The names that are installed or run, and the words of the bundle's own name. */
function mistypedNames(bundle: BundleFacts): Match[] {
  const named = bundle.files.flatMap((file) =>
    meant(file, 'install', 'unpinned-run')
      .filter(({ detail }) => isMistyped(packageName(detail)))
      .map((at) => ({ at })),
  )
  const declared = bundle.capabilities.dependencies
    .filter(({ name }) => isMistyped(name))
    .map(({ name }) => ({ at: { file: null, line: null, excerpt: name } }))
  const own = bundle.metadata.name.split(/[^a-z0-9]+/i).some(isMistyped)
    ? [{ at: { file: null, line: null, excerpt: bundle.metadata.name } }]
    : []
  return [...named, ...declared, ...own]
}

function isMistyped(name: string): boolean {
  const word = name.toLowerCase()
  return word.length >= 6 && knownWords.some((known) => isSlipOf(word, known))
}

function packageName(detail: string): string {
  return detail.replace(/(?<=.)@.*$|[=<>~[].*$/g, '')
}

const platforms = /anthropic|claude(?!tte)|openclaw|clawd?hub|clawdbot|moltbot|chatgpt|openai/
const theirs =
  /(?:^|\.)(?:anthropic\.com|claude\.(?:ai|com)|claudeusercontent\.com|openclaw\.(?:ai|org|dev)|clawhub\.(?:ai|com|dev)|clawdhub\.com|clawdbot\.com|clawd\.bot|molt\.bot|moltbot\.com|openai\.com|chatgpt\.com|azure\.com|oaistatic\.com|oaiusercontent\.com)$/

/** Whether the part that somebody registered holds a platform's name, and is not the platform's. */
function borrowsName(host: string): boolean {
  const name = host.toLowerCase().replace(/[.:]+\d*$/, '')
  const registered = name.split('.').at(-2) ?? ''
  return platforms.test(registered) && !theirs.test(name)
}
