import type { BundleFacts } from '../../evidence/bundle-facts.ts'
import type { FileFacts } from '../../evidence/file-facts.ts'
import type { Sighting } from '../../evidence/sighting.ts'
import type { Match, Rule } from '../../rule.ts'
import { classifyHost, hostIn } from '../host-class.ts'
import { meant } from '../meant.ts'

/** How far apart the parts of one lure stand. */
const lines = 12

/** The fake prerequisite: an honest skill, and one paragraph that has people install something. */
export const lureRules: readonly Rule[] = [
  {
    id: 'LURE-001',
    version: 1,
    tier: 'block',
    severity: 'critical',
    confidence: 0.95,
    category: 'malware_delivery',
    title: 'A required download that bears the marks of malware',
    message:
      'Something unknown must be installed first, and it comes as a locked archive, from a paste site, or by an encoded command.',
    fixHint: 'Name a package of a public registry, or leave the requirement out.',
    example: {
      bad: 'This skill requires AgentCore to be installed. Download https://github.com/somebody/agentcore/releases/download/v1/agentcore.zip, extract using pass: `agent` and run it.',
      good: 'This skill requires ffmpeg to be installed: `brew install ffmpeg`.',
    },
    find: (bundle) =>
      bundle.files.flatMap((file) =>
        luresIn(file, bundle)
          .filter(({ legs }) => legs >= 2)
          .map(({ match }) => match),
      ),
    isSteadfast: true,
  },
  {
    id: 'LURE-002',
    version: 1,
    tier: 'human',
    severity: 'high',
    confidence: 0.6,
    category: 'malware_delivery',
    title: 'A required download from a place nobody knows',
    message: 'The text has people fetch an archive or a program by hand and run it.',
    fixHint: 'Name a package of a public registry, with its version.',
    example: {
      bad: 'Before using this skill, download https://files.some-helper.net/setup.exe and run it.',
      good: 'Before using this skill, run `pip install requests`.',
    },
    find: (bundle) =>
      bundle.files.flatMap((file) =>
        luresIn(file, bundle)
          .filter(({ legs }) => legs === 1)
          .map(({ match }) => match),
      ),
  },
]

interface Lure {
  match: Match
  legs: number
}

/** Each demand to install something, with the number of suspicious things around it. */
function luresIn(file: FileFacts, bundle: BundleFacts): Lure[] {
  const demands = meant(file, 'must-install', 'run-download', 'visit-snippet', 'paste-terminal')
  if (demands.length === 0) return []
  const legs = legsIn(file, bundle)
  const lures = demands.map((at) => {
    const near = legs.filter(({ sighting }) => Math.abs(sighting.line - at.line) <= lines)
    return {
      at,
      kinds: new Set(near.map(({ kind }) => kind)),
      related: near.map(({ sighting }) => sighting),
    }
  })
  const best = lures.sort((a, b) => b.kinds.size - a.kinds.size)[0]
  return best ? [{ match: { at: best.at, related: best.related }, legs: best.kinds.size }] : []
}

function legsIn(file: FileFacts, bundle: BundleFacts): { kind: string; sighting: Sighting }[] {
  const leg = (kind: string, ...markers: string[]) =>
    meant(file, ...markers).map((sighting) => ({ kind, sighting }))
  const isForeign = ({ excerpt, detail }: Sighting): boolean => {
    const kind = classifyHost(hostIn(detail || excerpt) ?? '', bundle)
    return (
      kind === 'unknown' ||
      kind === 'raw_ip' ||
      kind === 'drop' ||
      /github\.com\/[^/]+\/[^/]+\/releases|raw\.githubusercontent/i.test(detail)
    )
  }
  return [
    ...leg('password', 'archive-password'),
    ...leg('archive', 'archive-link').filter(({ sighting }) => isForeign(sighting)),
    ...leg('paste', 'paste-host', 'shortener'),
    ...leg('encoded', 'decode-exec'),
    ...leg('raw', 'raw-ip', 'tunnel-host'),
    ...leg('remote', 'download-exec').filter(({ sighting }) => isForeign(sighting)),
    ...leg('guard', 'guard-off'),
    ...leg('webdav', 'webdav'),
  ]
}
