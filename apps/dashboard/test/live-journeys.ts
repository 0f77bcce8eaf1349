import type { Page } from 'playwright-core'
import { expect, type TestAPI } from 'vitest'
import { openBareTabs, type BareTab } from './bare-tabs.ts'
import type { Opened } from './opened.ts'
import { submitLong } from './specs.ts'

const patience = { timeout: 60_000 }
/** Longer than the shortest time between two polls of any page. */
const quietMs = 4_500
const settleMs = 3_500

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

  journey(
    'a tab in the background asks nothing and is not woken up, and is up to date when it is shown again',
    async () => {
      const { url, client, browser } = opened()
      const id = await submitLong(client, 'unseen')
      const tabs = await openBareTabs(browser)
      const list = await tabs.open()
      await list.goto(url + (await client.createSignInLink()).path)
      await shows(list, 'Sign out')
      await list.goto(`${url}/experiments`)
      await shows(list, 'unseen')
      await expect.poll(() => list.evaluate(textOf('[role="status"]')), patience).toMatch(/^live$/m)
      // It has no stream, and polls.
      const fleet = await tabs.open()
      await fleet.goto(`${url}/fleet`)
      await shows(fleet, 'worker')
      const front = await tabs.open()
      await front.show()
      for (const tab of [list, fleet]) await expect.poll(() => tab.evaluate('document.visibilityState')).toBe('hidden')
      await settled()
      const cost = async () => [
        list.requested.length,
        fleet.requested.length,
        await list.wakeUps(),
        await fleet.wakeUps(),
      ]
      const before = await cost()
      await client.cancel(id)
      await new Promise((resolve) => setTimeout(resolve, quietMs))
      expect(await cost()).toEqual(before)
      const asked = list.requested.length
      await list.show()
      const row = `[...document.querySelectorAll('[role="row"]')].find((row) => row.innerText.includes('unseen'))?.innerText`
      await expect.poll(() => list.evaluate(row), patience).toContain('cancelled')
      expect(list.requested.slice(asked).some(isStream)).toBe(true)
      await Promise.all([list, fleet, front].map((tab) => tab.close()))
    },
  )
}

/** What was under way when a tab was hidden ends within a moment. */
const settled = () => new Promise((resolve) => setTimeout(resolve, settleMs))

const textOf = (selector: string): string =>
  `[...document.querySelectorAll('${selector}')].map((each) => each.innerText).join('\\n')`

const shows = (tab: BareTab, text: string) =>
  expect.poll(() => tab.evaluate('document.body.innerText'), patience).toContain(text)

const isStream = (url: string): boolean => new URL(url).pathname === '/v1/events'
