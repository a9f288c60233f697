import type { BundleFacts } from '../../evidence/bundle-facts.ts'
import type { FileFacts } from '../../evidence/file-facts.ts'
import type { Match, Rule } from '../../rule.ts'
import { each } from '../meant.ts'

const programs = new Set(['elf', 'pe', 'mach-o', 'wasm', 'class', 'dex', 'lnk'])
const archives = new Set(['zip', 'gzip', 'tar', '7z', 'rar', 'xz', 'bzip2'])
/** How pictures and fonts are named. */
export const pictureName = /\.(?:a?png|jpe?g|gif|webp|ico|bmp|ttf|ttc|otf|woff2?)$/i
const suffixes = new Map<string, RegExp>([
  ['png', pictureName],
  ['jpeg', pictureName],
  ['gif', pictureName],
  ['webp', pictureName],
  ['ico', pictureName],
  ['bmp', pictureName],
  ['font', pictureName],
  ['pdf', /\.pdf$/i],
])

/** What cannot be read, and what is not what it says. */
export const contentRules: readonly Rule[] = [
  {
    id: 'BIN-001',
    version: 1,
    tier: 'block',
    severity: 'critical',
    confidence: 0.95,
    category: 'opaque_content',
    title: 'A compiled program',
    message: 'Nobody can review what a compiled program does.',
    fixHint: 'Ship the source, or have it installed from a registry.',
    example: { bad: '\x7fELF', good: '#!/bin/sh\necho hello', path: 'tool' },
    find: files(({ format }) => programs.has(format)),
    isSteadfast: true,
  },
  {
    id: 'BIN-002',
    version: 1,
    tier: 'block',
    severity: 'high',
    confidence: 0.9,
    category: 'opaque_content',
    title: 'Bytecode',
    message: 'Compiled Python runs without its source, or instead of it.',
    fixHint: 'Ship the `.py` files only.',
    example: { bad: 'bytecode', good: 'print("hello")', path: 'tool.py' },
    find: ({ files: all }) => {
      const paths = new Set(all.map(({ path }) => path))
      return all
        .filter(({ format }) => format === 'pyc')
        .map((file) => ({
          ...whole(file),
          ...(paths.has(sourceOf(file.path)) ? { tier: 'human' as const, confidence: 0.6 } : {}),
        }))
    },
    isSteadfast: true,
  },
  {
    id: 'BIN-003',
    version: 1,
    tier: 'human',
    severity: 'high',
    confidence: 0.7,
    category: 'opaque_content',
    title: 'An archive inside the bundle',
    message: 'What is packed is not reviewed with the rest.',
    fixHint: 'Unpack it.',
    example: { bad: 'PK\x03\x04', good: 'name,value', path: 'data.bin' },
    find: files(({ format }) => archives.has(format)),
    isSteadfast: true,
  },
  {
    id: 'BIN-004',
    version: 2,
    tier: 'human',
    severity: 'high',
    confidence: 0.8,
    category: 'opaque_content',
    title: 'A file that is not what its name says',
    message: 'The content is of another kind than the name’s ending.',
    fixHint: 'Name the file for what it is.',
    example: { bad: '#!/bin/sh\ncurl x', good: '\x89PNG\r\n\x1a\n', path: 'logo.png' },
    find: files((file) => isMisnamed(file)),
    isSteadfast: true,
  },
  {
    id: 'BIN-005',
    version: 1,
    tier: 'human',
    severity: 'high',
    confidence: 0.75,
    category: 'opaque_content',
    title: 'A document or picture that runs something',
    message: 'Macros, actions of a PDF or scripts in a picture run when it is opened.',
    fixHint: 'Save it without active content.',
    example: {
      bad: '<svg><script>fetch("https://in.some-helper.net")</script></svg>',
      good: '<svg><path d="M0 0"/></svg>',
      path: 'logo.svg',
    },
    find: each(['active-content']),
    isSteadfast: true,
  },
  {
    id: 'BIN-006',
    version: 1,
    tier: 'human',
    severity: 'high',
    confidence: 0.85,
    category: 'opaque_content',
    title: 'Something more behind the end of a picture',
    message:
      'A second file is appended to a picture: it is one thing to the eye and another to a program.',
    fixHint: 'Save the picture anew.',
    example: { bad: 'PNG and ZIP', good: '\x89PNG\r\n\x1a\n', path: 'logo.png' },
    find: each(['polyglot']),
    isSteadfast: true,
  },
  {
    id: 'PKG-001',
    version: 1,
    tier: 'human',
    severity: 'high',
    confidence: 0.9,
    category: 'coverage',
    title: 'More than the scanner can look through',
    message: 'A limit was reached, and the rest was not looked at. It may not be taken for clean.',
    fixHint: 'Split the file, or leave out what is generated.',
    example: { bad: 'a limit', good: 'a short file' },
    find: each(['limit']),
    isSteadfast: true,
  },
  {
    id: 'SEC-001',
    version: 1,
    tier: 'block',
    severity: 'critical',
    confidence: 0.9,
    category: 'secret',
    title: 'A credential that looks alive',
    message: 'A key in the format of its issuer, or a private key, is written into the bundle.',
    fixHint: 'Revoke it at its issuer, then remove it. What was published once is known.',
    example: {
      bad: `token = "ghp_${'a1B2c3D4e5F6'.repeat(3)}"`,
      good: `token = "ghp_${'x'.repeat(36)}"`,
    },
    find: (bundle) =>
      each(
        ['secret-format', 'private-key', 'connection-string'],
        ({ marker, detail, excerpt }, file) =>
          isAlive(marker, detail, excerpt) && file.role !== 'test',
      )(bundle),
  },
]

function files(filter: (file: FileFacts) => boolean) {
  return (bundle: BundleFacts): Match[] => bundle.files.filter(filter).map(whole)
}

function whole({ path, format, sha256 }: FileFacts): Match {
  return { at: { file: path, line: null, excerpt: `${format} ${sha256.slice(0, 16)}` } }
}

function sourceOf(path: string): string {
  return path.replace(/__pycache__\//, '').replace(/(?:\.cpython-\d+)?(?:\.opt-\d)?\.pyc$/, '.py')
}

function isMisnamed({ path, format }: FileFacts): boolean {
  const wanted = suffixes.get(format)
  if (format === 'text' || format === 'binary') return pictureName.test(path)
  return wanted ? !wanted.test(path) && /\.\w{2,5}$/.test(path) && !pictureName.test(path) : false
}

/** Whether a value is neither an example nor a pattern, by how varied it is. */
function isAlive(marker: string, value: string, excerpt: string): boolean {
  if (
    /example|placeholder|dummy|sample|fake|test|your[_-]|xxx|\.\.\.|<|redacted|1234567890|abcdef|changeme|password@|user:pass/i.test(
      marker === 'private-key' ? excerpt.slice(0, 200) : `${value}`,
    )
  )
    return false
  if (marker === 'private-key') return new Set(value).size > 24
  if (marker === 'connection-string')
    return entropy(value) > 2.8 && /\d/.test(value) && !/^pass|^secret|^admin/i.test(value)
  return entropy(value.replace(/^[a-z_-]{2,11}/i, '')) > 3.2
}

/** Bits a character, by Shannon. */
function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / text.length) * Math.log2(count / text.length),
    0,
  )
}
