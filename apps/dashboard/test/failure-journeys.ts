import type { Page } from 'playwright-core'
import { expect, type TestAPI } from 'vitest'
import { failure, failWith } from './failing-answers.ts'
import type { Opened } from './opened.ts'
import { violations } from './violations.ts'

const id = '01a22b87-9021-7398-bcd3-9ac092504c1e'
const paths = [
  '/experiments',
  `/experiments/${id}`,
  `/runs/${id}`,
  `/tasks/${id}`,
  '/models',
  '/models/mouse',
  '/gates',
  '/gates/cheese',
  `/submit?from=${id}`,
  '/fleet',
  '/catalogue',
  '/catalogue/rl-shift/corner',
  `/levels/${'0'.repeat(64)}`,
  '/administration/keys',
  '/administration/members',
  '/administration/webhooks',
  '/administration/usage',
  '/administration/audit',
  '/administration/workspaces',
]

/** Presses every *Try again* that stands beside the error, and waits until it is gone. */
async function tryAgain(page: Page): Promise<void> {
  const failed = page.getByRole('alert').filter({ hasText: failure })
  for (let left = await failed.count(); left > 0; left = await failed.count()) {
    const button = failed.first().getByRole('button', { name: 'Try again' })
    // A page that polls may be faster.
    await button.click({ timeout: 2_000 }).catch(() => undefined)
    await expect.poll(() => failed.count(), { timeout: 20_000 }).toBeLessThan(left)
  }
}

/** Whatever fails, the page says so and stays usable. */
export function failureJourneys(journey: ReturnType<TestAPI['runIf']>, opened: () => Opened): void {
  journey('every page says what could not be loaded, and loads it when asked again', { timeout: 240_000 }, async () => {
    const { page, url } = opened()
    const other = await page.context().newPage()
    const isData = (address: URL): boolean => address.pathname.startsWith('/v1/') && address.pathname !== '/v1/session'
    for (const path of paths) {
      await other.route(isData, (route) => route.fulfill(failWith(failure)))
      await other.goto(url + path)
      await other.getByRole('alert').filter({ hasText: failure }).first().waitFor()
      expect(await other.getByRole('button', { name: 'Try again' }).count(), path).toBeGreaterThan(0)
      expect(await other.getByRole('navigation', { name: 'Pages' }).count(), path).toBe(1)
      expect(await violations(other), path).toEqual([])
      await other.unroute(isData)
      await tryAgain(other)
    }
    await other.goto(`${url}/fleet`)
    await other.getByRole('heading', { name: /^\d workers?$/ }).waitFor()
    await other.close()
  })

  journey('a panel that crashes leaves the rest of the page', async () => {
    const { page, url } = opened()
    const other = await page.context().newPage()
    // What the chart of a gate needs, and nothing else on its page.
    await other.addInitScript('ResizeObserver = class { observe() { throw new Error("no sizes") } disconnect() {} }')
    await other.goto(`${url}/gates/cheese`)
    await other.getByRole('alert').filter({ hasText: 'This page has a fault: no sizes' }).first().waitFor()
    await other.getByRole('heading', { name: /^Run 1: version 3/ }).waitFor()
    await other.getByRole('img', { name: 'Badge of cheese' }).waitFor()
    expect(await violations(other)).toEqual([])
    await other.close()
  })
}
