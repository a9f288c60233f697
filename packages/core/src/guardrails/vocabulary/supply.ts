import { code, type Marker } from './marker.ts'

const anywhere = ['code', 'injected', 'config', 'hidden', 'prose', 'quote', 'table'] as const

/** Code that others bring, at a time and from a place of their own choosing. */
export const supplyMarkers: readonly Marker[] = [
  {
    name: 'unpinned-run',
    atoms: ['npx', 'uvx', 'bunx', 'pnpm dlx', 'yarn dlx', 'pipx run', 'uv run'],
    pattern: code`\b(?:npx\s+(?:--yes\s+|-y\s+)|bunx\s+|pnpm\s+dlx\s+|yarn\s+dlx\s+|uvx\s+(?:--from\s+)?|pipx\s+run\s+)(?:-\S+\s+)*(@?[a-z0-9][a-z0-9._/-]{1,80}(?:@(?:latest|next|\^|~)[^\s"']{0,20})?)(?![a-z0-9._/@-])`,
    places: anywhere,
  },
  {
    name: 'foreign-index',
    atoms: [
      '--index-url',
      '--extra-index-url',
      '--registry',
      'trusted-host',
      '-i http',
      'index-url',
      'registry=',
    ],
    pattern: code`(?:(?:npm|pnpm|yarn|bun|npx)\s[^\n]{0,120}--registry|--(?:extra-)?index-url|pip\s+install[^\n]{0,80}\s-i|registry=)[ =]+["']?(https?://(?!(?:pypi\.org|files\.pythonhosted|registry\.npmjs\.org|registry\.yarnpkg\.com|download\.pytorch\.org|test\.pypi\.org|pypi\.nvidia\.com|npm\.pkg\.github\.com|pypi\.tuna|mirrors\.|registry\.npmmirror|pypi\.anaconda|localhost|127\.))[^\s"']{3,120})`,
    places: anywhere,
  },
  {
    name: 'git-install',
    atoms: ['git+', 'install http', 'install github'],
    pattern: code`(?:pip3?|uv\s+pip|npm|pnpm|yarn|uvx|pipx|cargo|go)\s+(?:install|add|i|run|--from)?[^\n]{0,60}?((?:git\+(?:https?|ssh)://|https?://)[^\s"'\x60]{4,160})`,
    places: anywhere,
  },
  {
    name: 'install-script',
    atoms: ['postinstall', 'preinstall', '"prepare"', '"install"', 'cmdclass'],
    pattern: code`["'](?:post|pre)?install["']\s*:\s*["']([^"'\n]{3,300})|cmdclass\s*=`,
    places: ['config', 'code', 'data'],
  },
  {
    name: 'install',
    atoms: [
      'npm i',
      'pip install',
      'pip3 install',
      'yarn add',
      'pnpm add',
      'gem install',
      'cargo install',
      'go install',
      'brew install',
      'uv add',
      'bun add',
    ],
    pattern: code`\b(?:npm\s+(?:i|install)|pip3?\s+install|yarn\s+(?:global\s+)?add|pnpm\s+(?:add|i|install)|gem\s+install|cargo\s+install|uv\s+(?:pip\s+install|add)|bun\s+add)\s+(?:-\S+\s+)*([@a-z0-9][^\s"'\x60;|&)]{1,80})`,
    places: anywhere,
  },
  {
    name: 'url',
    atoms: ['://'],
    pattern: code`\b(?:https?|wss?|ftp)://(?:[^\s/@"']{1,60}@)?([a-z0-9\[\]._-]{3,120})`,
  },
  {
    name: 'env-name',
    atoms: ['environ', 'getenv', 'process.env', 'deno.env', 'env::var'],
    pattern: code`(?:os\.environ(?:\.get)?\s*[\[(]\s*["']|getenv\(\s*["']|process\.env\.|process\.env\[\s*["']|deno\.env\.get\(["']|env::var\(["'])([a-z_][a-z0-9_]*)`,
    places: ['code', 'injected', 'config', 'hidden'],
  },
  {
    name: 'webdav',
    atoms: ['davwwwroot', '@ssl', '@443', '@80\\', 'net use', '\\\\'],
    pattern: code`(\\\\[a-z0-9.-]{3,60}(?:@(?:ssl|\d+))?\\(?:davwwwroot|webdav)|net\s+use\s+\w:\s+\\\\[a-z0-9.-]+)`,
  },
  {
    name: 'internal-registry',
    atoms: ['internal', 'private registry', 'company registry', 'corporate registry'],
    pattern: code`(?:from|using|via|in)\s+(?:the\s+|our\s+|an\s+)?(?:internal|private|company|corporate)\s+(?:registry|index|package\s+index|artifactory|pypi|npm)|internal\s+package\s+[a-z@]`,
    places: ['prose', 'quote', 'front_matter', 'code_comment', 'heading'],
  },
  {
    name: 'ci-trigger',
    atoms: ['pull_request_target', 'issue_comment', 'workflow_run', 'issues:'],
    pattern: code`\b(pull_request_target|issue_comment|workflow_run|issues:)`,
  },
  {
    name: 'ci-untrusted',
    atoms: ['github.event', 'github.head_ref', 'head.ref', 'head.sha', 'head_ref'],
    pattern: code`\$\{\{\s*(?:github\.event\.(?:issue|pull_request|comment|review|discussion|head_commit|commits)[\w.\[\]*]{0,60}\.(?:title|body|ref|message|name|label|head_ref|full_name|sha|email)|github\.head_ref|steps\.[\w.]{1,40}head_ref)`,
  },
]
