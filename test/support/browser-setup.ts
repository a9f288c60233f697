import { ensureConsole } from '../../scripts/build-console.mjs'
import { ensureChromium } from './chromium.ts'

/**
 * Brings what the browser tests need before any of them waits for it: Chromium, and the console built.
 *
 * @public
 */
export function setup(): void {
  ensureConsole()
  ensureChromium()
}
