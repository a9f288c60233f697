import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { axeScript } from './axe.ts'
import { launchChromium } from './chromium.ts'
import { shareService } from './share-service.ts'
import { admin, type Service, type ServiceOptions, startService } from './start-service.ts'

let browser: Browser | undefined

/** Gives the tests of a file a Chromium. Call it once, at the top. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
  })
}

/** A whole service with its console, and a window for each who looks at it. */
export async function openConsole(options: ServiceOptions = {}) {
  const service = await startService(options)
  return { service, ...windowsOf(() => service) }
}

/** One service and one Chromium for all the tests of a file, each of which works with people of its own. */
export function shareConsole(options: ServiceOptions = {}) {
  useBrowser()
  const service = shareService(options)
  return { service, ...windowsOf(service) }
}

function windowsOf(service: () => Service) {
  return {
    /** A window of somebody who is not logged in. */
    openWindow: () => openWindow(service().url),
    /** A window of somebody who is; by default the first admin. */
    async openAs(
      person: { email: string; password: string } = admin,
      device: keyof typeof devices = 'desk',
    ): Promise<Page> {
      const page = await openWindow(service().url, device)
      const { email, password } = person
      const reply = await page.request.post('/api/auth/token', { data: { email, password } })
      expect(reply.status()).toBe(200)
      return page
    },
  }
}

/** What a page is looked at with. */
const devices = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true },
}

/**
 * Opens a window of its own, with a session of its own. The test fails if anything in it breaks the
 * content policy, throws, warns, or asks another host for anything.
 */
async function openWindow(baseURL: string, device: keyof typeof devices = 'desk'): Promise<Page> {
  if (!browser) throw new Error('Call useBrowser() at the top of the file.')
  const context = await browser.newContext({
    baseURL,
    ...devices[device],
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  context.setDefaultTimeout(60_000)
  await context.addInitScript({ path: axeScript })
  const page = await context.newPage()
  const wrong = watch(page, baseURL)
  onTestFinished(async () => {
    await context.close()
    expect(wrong).toEqual([])
  })
  return page
}

function watch(page: Page, baseURL: string): string[] {
  const wrong: string[] = []
  page.on('pageerror', (error) => wrong.push(`thrown: ${error.message}`))
  page.on('console', (message) => {
    // A refusal of the service is an answer like any other, and Chromium calls it an error.
    const isRefusal = message.text().startsWith('Failed to load resource')
    if (['error', 'warning'].includes(message.type()) && !isRefusal) wrong.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(baseURL) && !request.url().startsWith('blob:')) {
      wrong.push(`asked elsewhere: ${request.url()}`)
    }
  })
  return wrong
}
