import type { FileRole, Language, Place } from '@countersign/core/guardrails/evidence/place'

/** What a path and a first line tell of a file. */
export interface FileClass {
  role: FileRole
  language: Language
  place: Place
  isMarkdown: boolean
  isLoaded: boolean
  isTest: boolean
}

const languages = new Map<string, Language>(
  Object.entries({
    shell: 'sh bash zsh fish ksh command',
    powershell: 'ps1 psm1 bat cmd',
    python: 'py pyw pyi pth',
    javascript: 'js mjs cjs jsx ts mts cts tsx',
    json: 'json jsonc json5',
    yaml: 'yaml yml toml ini cfg conf env envrc',
    markup: 'html htm xml svg vue xhtml xsd xsl',
    text: 'txt text rst adoc csv tsv log',
    other:
      'rb pl php go rs java kt swift c cc cpp h hpp cs lua r jl scala ex exs sql css scss vbs hta applescript scpt dockerfile makefile',
  }).flatMap(([language, suffixes]) =>
    suffixes.split(' ').map((suffix) => [suffix, language as Language]),
  ),
)

/** Judges a text file by its path, and by its `#!` line where the path says nothing. */
export function classifyFile(path: string, text: string): FileClass {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  const isMarkdown = /\.(?:md|mdx|markdown|mdc)$/.test(name)
  const isTest =
    /(?:^|\/)(?:tests?|__tests__|fixtures?|evals?|testdata|specs?)\/|(?:[._-]test|\.spec|_test)\.\w+$/i.test(
      path,
    )
  const role = isMarkdown ? roleOfMarkdown(path, name) : roleOf(path, name)
  const language = isMarkdown ? 'text' : languageOf(name, text)
  return {
    role: isTest && role !== 'hooks' && role !== 'mcp' ? 'test' : role,
    language,
    place: isMarkdown ? 'prose' : placeOf(role, language),
    isMarkdown,
    isLoaded: isMarkdown && role === 'instructions',
    isTest,
  }
}

function roleOfMarkdown(path: string, name: string): FileRole {
  if (name === 'skill.md') return 'instructions'
  return /(?:^|\/)(?:commands|agents|output-styles)\/[^/]/.test(path) ? 'instructions' : 'reference'
}

function roleOf(path: string, name: string): FileRole {
  if (/\.claude-plugin\/(?:plugin|marketplace)\.json$/.test(path)) return 'manifest'
  if (/(?:^|\/)hooks\/[^/]*\.json$|^hooks\.json$/.test(path)) return 'hooks'
  if (/^\.?mcp\.json$/.test(name)) return 'mcp'
  if (/^settings(?:\.local)?\.json$/.test(name) || /(?:^|\/)\.vscode\//.test(path))
    return 'settings'
  if (
    /^(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|uv\.lock|cargo\.lock|go\.sum|composer\.lock|gemfile\.lock|bun\.lock)$/.test(
      name,
    )
  )
    return 'lockfile'
  const language = languages.get(suffixOf(name))
  if (language === 'json' || language === 'yaml' || language === undefined) return 'data'
  return language === 'text' || language === 'markup' ? 'reference' : 'script'
}

function languageOf(name: string, text: string): Language {
  const known = languages.get(suffixOf(name))
  if (known) return known
  const first = text.slice(0, 80)
  if (!first.startsWith('#!')) return 'text'
  if (/\bpython/.test(first)) return 'python'
  if (/\b(?:node|bun|deno)/.test(first)) return 'javascript'
  return /sh\b/.test(first) ? 'shell' : 'other'
}

function placeOf(role: FileRole, language: Language): Place {
  if (role === 'manifest' || role === 'hooks' || role === 'mcp' || role === 'settings')
    return 'config'
  if (role === 'lockfile') return 'data'
  if (language === 'json' || language === 'yaml') return 'config'
  return language === 'text' ? 'prose' : 'code'
}

function suffixOf(name: string): string {
  return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : name
}
