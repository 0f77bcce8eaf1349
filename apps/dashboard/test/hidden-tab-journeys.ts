import type { Page, Request } from 'playwright-core'
import { expect, type TestAPI } from 'vitest'
import { openAs, type Opened } from './opened.ts'
import { submitLong } from './specs.ts'

/** Longer than the shortest time between two polls of any page. */
const quietMs = 4_500

/** Covers the page's window, as another window or the person does. */
async function hide(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false })
  const { windowId } = await session.send('Browser.getWindowForTarget')
  const show = async (windowState: 'minimized' | 'normal'): Promise<void> => {
    await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState } })
  }
  await show('minimized')
  await expect.poll(() => page.evaluate('document.hidden')).toBe(true)
  return async () => {
    await show('normal')
    await expect.poll(() => page.evaluate('document.hidden')).toBe(false)
    await session.detach()
  }
}

/** What is not in view costs the service nothing. */
export function hiddenTabJourneys(journey: ReturnType<TestAPI['runIf']>, opened: () => Opened): void {
  journey('a hidden tab closes its stream and asks nothing, and is up to date when it is shown again', async () => {
    const { url, client } = opened()
    const page = await openAs(opened(), 'read')
    const id = await submitLong(client, 'unseen')
    await page.goto(`${url}/experiments`)
    const row = page.getByRole('row').filter({ hasText: 'unseen' })
    await row.waitFor()
    await page.getByRole('status').filter({ hasText: /^live$/ }).waitFor()
    const closed = page.waitForEvent('requestfailed', ({ url: address }: Request) => new URL(address()).pathname === '/v1/events')
    const show = await hide(page)
    await closed
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await client.cancel(id)
    await new Promise((resolve) => setTimeout(resolve, quietMs))
    expect(asked).toEqual([])
    await show()
    await row.getByText('cancelled').waitFor()
    expect(asked.some((address) => new URL(address).pathname === '/v1/events')).toBe(true)
    await page.context().close()
  })
}
