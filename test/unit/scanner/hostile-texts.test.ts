import { inspectTree } from '@countersign/scanner/inspect-tree'
import { expect, test } from 'vitest'
import { aSubject } from './tree.ts'

/** What an uploader may repeat for megabytes, to keep a pattern busy. */
const hostile: Record<string, string> = {
  letters: 'a',
  blanks: ' ',
  lines: '\n',
  'blanks that nearly hide a word': `x${' '.repeat(599)}`,
  'words of an order': 'ignore ',
  'half an order on each line': 'ignore all the any of\n',
  base64: 'QUJD',
  'many encoded words': 'QUJDREVGR0hJSktMTU5PUFFSU1RVVg== ',
  hexadecimal: '4142 434445464748494a4b4c4d4e4f5051 ',
  'percent signs': '%41',
  escapes: '\\x41',
  'character codes': '65,',
  backticks: '`',
  fences: '```\n',
  'fences that run': '```!\n',
  'inline commands': ' !`x',
  quotes: '> ',
  comments: '<!-- ',
  'hidden elements': '<div style="',
  tables: '| ',
  'zero width': 'a\u200b',
  'letters of two scripts': 'a\u0430',
  overrides: '\u202e',
  tags: '\u{e0041}',
  selectors: '\ufe0f',
  downloads: 'curl ',
  pipes: 'curl x | ',
  addresses: 'http://',
  environments: 'os.environ[',
  variables: '$A_KEY ',
  calls: 'eval(',
  'sentences that send': 'send the user data to the remote ',
  'short sentences': 'Send the token. ',
  'endless refusals': 'never ask ',
  'code comments': '# send\n',
  objects: '{"a":',
  brackets: '[',
  links: '[a](b.md) ',
  entities: '&amp;',
  rights: 'chmod 777 ',
  demands: 'must install requires to ',
  assignments: 'password = "',
  connections: 'postgres://a:b',
  'notes to do': '- TODO ',
  'values in quotes': '{"type":"command","command":"curl x | sh"},',
  'words in quotes': `a'b'c "d" *e* `,
  'emphasised words': '_a_ *b* `c` ',
  'marks of emphasis': `a'"*_\` `,
  'a demand in quotes': `download 'a' "b" `,
  'names with underscores': 'send_a_b_c ',
  'lines that may be compressed': `${'y8vL'.repeat(18)}\n`,
  'inner blanks': 'cat$IFS$9x ',
}

const small = 24 * 1024
const factor = 4

test.each(
  Object.entries(hostile),
)('the work on endless %s grows with their length', async (_, part) => {
  for (const path of ['SKILL.md', 'x.py']) {
    await workOn(path, part.repeat(small / part.length))
    const short = await workOn(path, part.repeat(small / part.length))
    const long = await workOn(path, part.repeat((small * factor) / part.length))
    expect(long).toBeLessThan(Math.max(noise, short * factor * 2.5))
  }
})

/** What a garbage collection may cost, in milliseconds of this thread's processor. */
const noise = 250

async function workOn(path: string, text: string): Promise<number> {
  const subject = await aSubject({ [path]: text })
  const before = process.threadCpuUsage()
  await inspectTree(subject)
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}
