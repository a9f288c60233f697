import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { findOnPath, unpackDebianPackages } from './debian-packages.ts'

/** Without a sandbox of its own, which root has none of; and without a word to anybody outside. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
]

const packages = ['chromium', 'fonts-inter', 'fonts-jetbrains-mono', 'fonts-dejavu-core']

/** Starts a Chromium: the machine's own, or else Debian's, unpacked privately with fonts to write in. */
export async function launchChromium(): Promise<Browser> {
  const own = findOnPath('chromium') ?? findOnPath('google-chrome')
  const { executablePath, env } = own ? { executablePath: own, env: {} } : unpackChromium()
  return chromium.launch({ executablePath, args: flags, env: { ...definedEnv(), ...env } })
}

/** Brings the browser before the tests that need it, so that none of them waits for a download. */
export function ensureChromium(): void {
  if (!findOnPath('chromium') && !findOnPath('google-chrome')) unpackChromium()
}

function unpackChromium(): { executablePath: string; env: Record<string, string> } {
  const { root, env } = unpackDebianPackages('chromium', packages)
  return {
    executablePath: join(root, 'usr/lib/chromium/chromium'),
    env: { ...env, FONTCONFIG_FILE: writeFontConfig(root) },
  }
}

/** Tells fontconfig of the unpacked fonts: it would look for them where packages are installed. */
function writeFontConfig(root: string): string {
  const path = join(root, 'countersign-fonts.conf')
  if (existsSync(path)) return path
  const cache = join(root, 'font-cache')
  mkdirSync(cache, { recursive: true })
  const prefer = (generic: string, family: string) =>
    `<alias binding="strong"><family>${generic}</family><prefer><family>${family}</family></prefer></alias>`
  writeFileSync(
    path,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${root}/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${cache}</cachedir>
${prefer('sans-serif', 'Inter')}${prefer('system-ui', 'Inter')}${prefer('monospace', 'JetBrains Mono')}
</fontconfig>\n`,
  )
  return path
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value]],
    ),
  )
}
