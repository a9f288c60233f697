import type { BundleFacts } from '../evidence/bundle-facts.ts'

/** How far a host is to be trusted with running what it sends, or with getting what is sent to it. */
export type HostClass =
  | 'installer'
  | 'own'
  | 'local'
  | 'documentation'
  | 'drop'
  | 'raw_ip'
  | 'unknown'

const installers =
  /(?:^|\.)(?:sh\.rustup\.rs|rustup\.rs|get\.docker\.com|install\.python-poetry\.org|astral\.sh|bun\.sh|deno\.land|get\.k3s\.io|fnm\.vercel\.app|get\.sdkman\.io|starship\.rs|ollama\.(?:com|ai)|claude\.ai|cli\.github\.com|sdk\.cloud\.google\.com|opencode\.ai|mise\.(?:run|jdx\.dev)|get\.pnpm\.io|deb\.nodesource\.com|rpm\.nodesource\.com|brew\.sh|get\.volta\.sh|foundry\.paradigm\.xyz|release\.anza\.xyz|release\.solana\.com|cursor\.com|fly\.io|get\.helm\.sh|get\.pulumi\.com|railway\.(?:app|com)|supabase\.com|vercel\.com|netlify\.com|pyenv\.run|bootstrap\.pypa\.io|install\.determinate\.systems|nixos\.org|get\.haskellup\.org|get-ghcup\.haskell\.org|raw\.githubusercontent\.com|github\.com|githubusercontent\.com|gitlab\.com|pixi\.sh|cli\.nexus\.xyz|tailscale\.com|dl\.google\.com|apt\.llvm\.org|packages\.microsoft\.com|aka\.ms|dot\.net|go\.dev|golangci-lint\.run|sentry\.io|get\.modular\.com|proto\.dev|moonrepo\.dev|semgrep\.dev|githubassets\.com|googleapis\.com|amazonaws\.com|microsoft\.com|anthropic\.com|openai\.com|chocolatey\.org|scoop\.sh|get\.scoop\.sh|cdn\.jsdelivr\.net|unpkg\.com|pypi\.org|npmjs\.org|npmjs\.com|get\.trivy\.dev|anchore\.io|linkerd\.io|istio\.io|get\.dagger\.io|dagger\.io|encore\.dev|turso\.tech|neon\.tech|convex\.dev|temporal\.download|stripe\.com|doppler\.com|kraftkit\.sh|tea\.xyz|pkgx\.sh|rvm\.io|get\.rvm\.io|meteor\.com|wasmtime\.dev|wasmer\.io|ziglang\.org|julialang\.org|huggingface\.co|hf\.co|pytorch\.org|nvidia\.com|apple\.com)$/

const drops =
  /(?:webhook\.site|requestbin\.|pipedream\.net|hookbin|burpcollaborator|interact\.sh|oast\.|beeceptor|canarytokens|dnslog|requestcatcher|postb\.in|transfer\.sh|file\.io|0x0\.st|termbin|anonfiles|gofile\.io|bashupload|tmpfiles|catbox\.moe|pastebin\.com|glot\.io|rentry\.|hastebin|paste\.ee|ghostbin|dpaste|paste\.rs|ix\.io|sprunge|bit\.ly|tinyurl|is\.gd|cutt\.ly|rb\.gy|shorturl|ngrok|trycloudflare|serveo|loca\.lt|localhost\.run|bore\.pub|pagekite|portmap\.io|duckdns|ddns\.net|hopto\.org|zapto\.org|\.onion)/

/** Judges a host, given what the bundle says it is about. */
export function classifyHost(host: string, bundle: BundleFacts): HostClass {
  const name = host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
  if (
    /^(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1|host\.docker)/.test(
      name,
    )
  )
    return 'local'
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name)) return 'raw_ip'
  if (drops.test(name)) return 'drop'
  if (installers.test(name)) return 'installer'
  if (!name.includes('.') || /[${}<>]/.test(name)) return 'documentation'
  if (/^(?:www\.|api\.)?example\.(?:com|org|net)$|your|<|placeholder/.test(name))
    return 'documentation'
  return isOwn(name, bundle) ? 'own' : 'unknown'
}

/** Whether the host belongs to what the bundle is named for. */
function isOwn(name: string, { metadata, manifest }: BundleFacts): boolean {
  const labels = name
    .split('.')
    .slice(-3, -1)
    .filter((label) => label.length >= 4)
  const subject = squeeze(
    `${metadata.name} ${text(manifest.fields.name)} ${text(manifest.fields.description)} ${text(manifest.fields.homepage)}`,
  )
  return labels.some((label) => subject.includes(squeeze(label)))
}

function squeeze(words: string): string {
  return words.toLowerCase().replace(/[^a-z0-9]/g, '')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The first host that a piece of text names, by a URL or bare after a downloader. */
export function hostIn(text: string): string | undefined {
  return (
    /(?:https?|wss?|ftp):\/\/(?:[^\s/@"']{1,60}@)?([a-z0-9[\]._:${}-]{3,120})/i.exec(text)?.[1] ??
    /\b([a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,4})\//i.exec(text)?.[1]
  )
}
