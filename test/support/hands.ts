import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible } from './axe.ts'

/** One way to work with a page, and nothing but that way. */
export interface Hand {
  press(target: Locator): Promise<void>
  fill(target: Locator, text: string): Promise<void>
  /** Takes one of a few. */
  pick(target: Locator, label: string): Promise<void>
  choose(target: Locator, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void>
  /** Looks at what matters to who works this way, where a journey rests for a moment. */
  examine(target: Locator): Promise<void>
}

export const mouse: Hand = {
  press: (target) => target.click(),
  async fill(target, text) {
    await target.click()
    await target.fill(text)
  },
  async pick(target, label) {
    await target.selectOption({ label })
  },
  async choose(target, file) {
    const coming = target.page().waitForEvent('filechooser')
    await target.click()
    await (await coming).setFiles(file)
  },
  async examine(target) {
    await target.waitFor()
    await expectAccessible(target.page())
  },
}

const keyboard: Hand = {
  async press(target) {
    await reach(target)
    await target.press((await target.getAttribute('type')) === 'checkbox' ? 'Space' : 'Enter')
  },
  async fill(target, text) {
    await reach(target)
    await target.press('Control+A')
    await target.page().keyboard.insertText(text)
  },
  async pick(target, label) {
    await reach(target)
    await target.press('Home')
    for (let step = 0; step < stepsMax; step++) {
      if ((await target.evaluate(readChoice)) === label) return
      await target.press('ArrowDown')
    }
    throw new Error(`${target} does not offer “${label}”.`)
  },
  async choose(target, file) {
    await reach(target)
    const coming = target.page().waitForEvent('filechooser')
    await target.press('Enter')
    await (await coming).setFiles(file)
  },
  async examine(target) {
    await reach(target)
    expect(await target.evaluate(isSeenInFocus)).toBe(true)
  },
}

/** What a journey is made with, once each. */
export const hands: readonly (readonly [name: string, hand: Hand])[] = [
  ['by mouse', mouse],
  ['by keyboard', keyboard],
]

const stepsMax = 150

/** Goes to something as the keyboard does: with Tab, and with the arrows where things belong together. */
async function reach(target: Locator): Promise<void> {
  await target.waitFor()
  for (let step = 0; step < stepsMax; step++) {
    const place = await target.evaluate(findPlace)
    if (place === 'here') return
    await target.page().keyboard.press(place === 'away' ? 'Tab' : place)
  }
  throw new Error(`The keyboard does not get to ${target}.`)
}

function readChoice(element: unknown): string | undefined {
  const { selectedOptions } = element as { selectedOptions: Iterable<{ label: string }> }
  return [...selectedOptions][0]?.label
}

/** What is used of the elements of a page, whose types are not known here. */
interface Seen {
  role: string | null
  closest(selector: string): Seen | null
  contains(other: unknown): boolean
  matches(selector: string): boolean
}

interface Window {
  document: { activeElement: unknown }
  getComputedStyle(element: unknown): { outlineStyle: string; boxShadow: string }
}

/** Where the focus is, seen from an element; or the arrow that leads on, in a widget of many. */
function findPlace(element: unknown): string {
  const { activeElement: active } = (globalThis as unknown as Window).document
  if (active === element) return 'here'
  const widget = (element as Seen).closest('[role=tablist], [role=menu], [role=tree]')
  if (!widget?.contains(active)) return 'away'
  return widget.role === 'tablist' ? 'ArrowRight' : 'ArrowDown'
}

/** Whether the focus is on an element and drawn, by an outline or in its stead. */
function isSeenInFocus(element: unknown): boolean {
  const { outlineStyle, boxShadow } = (globalThis as unknown as Window).getComputedStyle(element)
  const isDrawn = outlineStyle !== 'none' || boxShadow !== 'none'
  return isDrawn && (element as Seen).matches(':focus-visible')
}
