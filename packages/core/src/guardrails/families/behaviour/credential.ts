import type { BundleFacts } from '../../evidence/bundle-facts.ts'
import type { Rule } from '../../rule.ts'
import { each, isRunnable, meant, type Pair } from '../meant.ts'
import { genericWords, isPublicUse } from './key-sources.ts'

/** Reaching for what is secret, whether or not it is seen to leave. */
export const credentialRules: readonly Rule[] = [
  {
    id: 'FLW-010',
    version: 1,
    tier: 'human',
    severity: 'high',
    confidence: 0.6,
    category: 'credential_access',
    title: 'Gathers the secrets of several services',
    message: 'Credentials that have nothing to do with each other are put into one place.',
    fixHint: 'Read only the credential that the task needs.',
    example: {
      bad: '```python\nloot = {"a": os.environ["AWS_SECRET_ACCESS_KEY"],\n  "g": os.environ["GITHUB_TOKEN"],\n  "s": os.environ["SLACK_BOT_TOKEN"]}\n```',
      good: '```python\nclient = Client(os.environ["GITHUB_TOKEN"])\n```',
    },
    find: gathersVendors,
  },
  {
    id: 'CRD-001',
    version: 1,
    tier: 'human',
    severity: 'high',
    confidence: 0.6,
    category: 'credential_access',
    title: 'Reads the keys, the passwords or the wallets of the user',
    message: 'Code or text goes through places where private keys and passwords lie.',
    fixHint:
      'Ask for the credential by an environment variable, or use the tool that owns the store.',
    example: {
      bad: '```bash\nfind ~ -name wallet.dat -exec cat {} +\n```',
      good: '```bash\nssh-keygen -t ed25519 -f ~/.ssh/id_ed25519\n```',
    },
    find: (bundle) =>
      each(
        ['key-file', 'browser-store', 'wallet-store'],
        (at) =>
          !isPublicUse(at) &&
          /\b(?:cat|tar|zip|cp|find|open|read|glob|copy|base64|grep|collect|gather|extract|readfile|read_text|scan|locate|list|xxd|strings|harvest|dump)\b/i.test(
            at.excerpt,
          ),
      )(bundle),
  },
  {
    id: 'CRD-002',
    version: 1,
    tier: 'human',
    severity: 'high',
    confidence: 0.7,
    category: 'credential_access',
    title: 'Asks the cloud for the machine’s own credentials',
    message: 'The metadata service gives whoever asks the rights of the machine.',
    fixHint: 'Use the provider’s SDK, which does this only where it is meant to.',
    example: {
      bad: '```bash\ncurl http://169.254.169.254/latest/meta-data/iam/security-credentials/\n```',
      good: '```bash\naws sts get-caller-identity\n```',
    },
    find: each(['metadata-service'], isRunnable),
  },
  {
    id: 'CRD-005',
    version: 1,
    tier: 'annotate',
    severity: 'medium',
    confidence: 0.4,
    category: 'credential_access',
    title: 'Names a place where keys lie',
    message: 'A file that holds private keys, passwords or tokens is named.',
    fixHint: 'Say in the text what it is needed for.',
    example: {
      bad: 'The backup holds `~/.aws/credentials` as well.',
      good: 'The backup holds `~/notes` as well.',
    },
    find: each(
      ['key-file', 'wallet-store'],
      (at) =>
        !isPublicUse(at) &&
        (at.marker === 'key-file' ||
          /seed|recovery|private key|wallet\.dat|export/i.test(at.excerpt)),
    ),
  },
]

function gathersVendors({ files }: BundleFacts): Pair[] {
  return files.flatMap((file) => {
    const secrets = meant(file, 'secret-env').filter(isRunnable)
    return secrets
      .flatMap((at) => {
        const close = secrets.filter((other) => other.line >= at.line && other.line <= at.line + 4)
        const vendors = new Set(
          close
            .map(({ detail }) => detail.toLowerCase().split('_')[0] ?? '')
            .filter((word) => word.length > 2 && !genericWords.has(word)),
        )
        return vendors.size >= 2 && /[{[(]|dict|\|/.test(at.excerpt) && close.length >= 2
          ? [{ at, related: close }]
          : []
      })
      .slice(0, 1)
  })
}
