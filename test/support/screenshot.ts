import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))

/**
 * Keeps a picture of the page under docs/screenshots, in the light and in the dark. Only a run with
 * `SCREENSHOTS=1` does, once nothing is loading any more: any other leaves the repository as it is.
 */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  if (!process.env.SCREENSHOTS) return
  await mkdir(folder, { recursive: true })
  await page.locator('.loading').first().waitFor({ state: 'detached' })
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.screenshot({ path: `${folder}${name}-${colorScheme}.png` })
  }
}
