import type { Page } from 'playwright-core'
import type { Hand } from './hands.ts'

/** Takes in what changes on the server, as often as it does, until the page says what it came to. */
export async function readOn(page: Page, hand: Hand, said: string): Promise<void> {
  const end = page.getByText(said)
  const reload = page.getByRole('button', { name: 'Reload' })
  const either = end.or(reload).first()
  for (await either.waitFor(); !(await end.isVisible()); await either.waitFor()) {
    await hand.press(reload)
  }
}
