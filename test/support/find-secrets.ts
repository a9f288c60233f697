import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** What must be in no line of a log: what the tests have for secrets, and what any secret looks like. */
const secrets: Readonly<Record<string, RegExp>> = {
  'a token of ours': /\bcs_[\w-]{43}/,
  'a password': /correct horse battery|planted-\w+-password/,
  'the key of the provider': /\bsk-(?:ant|test|planted)/,
  'the secret of a webhook': /\bwhsec_[\w+/-]{16}/,
  'the token of a bot': /\bbot-secret\b/,
  'the link in a letter': /\/answer\/[\w-]{20}/,
  'the hash of a password': /\$argon2/,
}

/** The lines of a log that hold a secret, each named by the kind of it and without what it is. */
export async function findSecrets(path: string): Promise<string[]> {
  if (!existsSync(path)) return []
  const found = new Set<string>()
  for await (const line of createInterface({ input: createReadStream(path) })) {
    for (const [kind, pattern] of Object.entries(secrets)) {
      if (pattern.test(line))
        found.add(`${kind}: ${line.replaceAll(new RegExp(pattern, 'g'), '…').slice(0, 300)}`)
    }
  }
  return [...found]
}
