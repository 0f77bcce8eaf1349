import type { Page, Request } from 'playwright-core'
import { expect, type TestAPI } from 'vitest'
import { openAs, type Opened } from './opened.ts'
import { submitLong } from './specs.ts'

const patience = { timeout: 60_000 }
/** Longer than the shortest time between two polls of any page. */
const quietMs = 4_500

/** Tells a page that it is hidden, or shown again, as browsers do: Playwright keeps all of its own pages visible. */
function setVisibility(page: Page, state: DocumentVisibilityState): Promise<void> {
  return page.evaluate((visibility) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibility })
    Object.defineProperty(document, 'hidden', { configurable: true, value: visibility === 'hidden' })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  }, state)
}

/** Pages that follow the service: while the API is restarted, and while nobody looks. */
export function liveJourneys(journey: ReturnType<TestAPI['runIf']>, opened: () => Opened): void {
  journey('list and experiment are followed live while the API is restarted, and miss nothing', async () => {
    const { page, url, client, killApi } = opened()
    const id = await submitLong(client, 'followed')
    const mark = (on: Page, text: RegExp) => on.getByRole('status').filter({ hasText: text }).first().waitFor()
    await page.goto(`${url}/experiments`)
    const detail = await page.context().newPage()
    detail.setDefaultTimeout(patience.timeout)
    await detail.goto(`${url}/experiments/${id}`)
    await Promise.all([mark(page, /^live$/), mark(detail, /^live$/)])
    await killApi()
    await Promise.all([mark(page, /^reconnecting/), mark(detail, /^reconnecting/)])
    await expect.poll(() => client.ready().catch(() => null), patience).not.toBeNull()
    await submitLong(client, 'sent meanwhile')
    await client.cancel(id)
    await Promise.all([mark(page, /^live$/), mark(detail, /^(live|final)$/)])
    await page.getByRole('link', { name: 'sent meanwhile' }).waitFor()
    await page.getByRole('row').filter({ hasText: 'followed' }).getByText('cancelled').waitFor()
    await detail.getByRole('main').getByText('cancelled').first().waitFor()
    await mark(detail, /^final$/)
    await detail.close()
  })

  journey('a hidden tab closes its stream and asks nothing, and is up to date when it is shown again', async () => {
    const { url, client } = opened()
    const [list, fleet] = await Promise.all([openAs(opened(), 'read'), openAs(opened(), 'read')])
    const id = await submitLong(client, 'unseen')
    await list.goto(`${url}/experiments`)
    const row = list.getByRole('row').filter({ hasText: 'unseen' })
    await row.waitFor()
    await list
      .getByRole('status')
      .filter({ hasText: /^live$/ })
      .waitFor()
    // It has no stream, and polls.
    await fleet.goto(`${url}/fleet`)
    await fleet.getByRole('heading', { name: /^\d workers?$/ }).waitFor()
    const closed = list.waitForEvent('requestfailed', isStream)
    await Promise.all([setVisibility(list, 'hidden'), setVisibility(fleet, 'hidden'), closed])
    const asked: Request[] = []
    for (const page of [list, fleet]) page.on('request', (request) => asked.push(request))
    await client.cancel(id)
    await new Promise((resolve) => setTimeout(resolve, quietMs))
    expect(asked.map((request) => request.url())).toEqual([])
    await setVisibility(list, 'visible')
    await row.getByText('cancelled').waitFor()
    expect(asked.some(isStream)).toBe(true)
    await Promise.all([list, fleet].map((page) => page.context().close()))
  })
}

const isStream = (request: Request): boolean => new URL(request.url()).pathname === '/v1/events'
