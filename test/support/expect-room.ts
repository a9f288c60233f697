import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Rows and bars that are wider than the box in which they lie: their end is seen only by who scrolls it. */
const findCut = `[...document.querySelectorAll('.table-wrap, .file-bar')]
  .filter((box) => box.scrollWidth > box.clientWidth)
  .map((box) => box.className + ': ' + box.textContent.slice(0, 80))`

/** On a laptop there is room for every row of the page as it is. */
export async function expectRoom(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 })
  await expect.poll(() => page.evaluate(findCut)).toEqual([])
}
