import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { findOnPath, isUnpacked, type Unpacked, unpackDebianPackages } from './debian-packages.ts'

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

/** What Debian packages of Chromium, the one that has no windows first: it takes a fifth less of a processor. */
const builds = ['chromium-headless-shell', 'chromium']
const fonts = ['fonts-inter', 'fonts-jetbrains-mono', 'fonts-dejavu-core']

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
  const [build, { root, env }] = unpackFirst(builds.toSorted(byReadiness))
  return {
    executablePath: join(root, 'usr/lib/chromium', build),
    env: { ...env, FONTCONFIG_FILE: writeFontConfig(root) },
  }
}

/** What was brought before comes first, so that nothing is looked for twice. */
function byReadiness(one: string, other: string): number {
  return Number(isUnpacked(other)) - Number(isUnpacked(one))
}

/** The first build that the machine's Debian has. */
function unpackFirst([build = '', ...others]: readonly string[]): [build: string, Unpacked] {
  try {
    return [build, unpackDebianPackages(build, [build, ...fonts])]
  } catch (error) {
    if (others.length === 0) throw error
    return unpackFirst(others)
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
