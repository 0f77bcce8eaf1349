import { expect, type TestAPI } from 'vitest'
import type { Opened } from './opened.ts'
import { violations } from './violations.ts'

/** Conditions side by side, compared with the first or with a chosen one. */
export function comparisonJourneys(journey: ReturnType<TestAPI['runIf']>, opened: () => Opened): void {
  journey('two conditions are compared: what differs, and by how much', async () => {
    const { page, url, experimentId } = opened()
    await page.goto(`${url}/experiments/${experimentId}`)
    // The header has a link of that name, too, and has it sooner.
    await page.getByRole('main').getByRole('link', { name: 'Compare', exact: true }).click()
    await page.getByRole('heading', { name: 'Options that differ' }).waitFor()
    expect(await page.getByRole('group', { name: 'Options that differ' }).innerText()).toMatch(/alpha\s+0\s+1/)
    await page.getByRole('heading', { name: 'The answer' }).waitFor()
    await page.getByRole('heading', { name: 'Seed by seed' }).waitFor()
    expect(await violations(page)).toEqual([])
  })

  journey(
    'another baseline turns the differences round; the address has it, and one that is no arm is refused',
    async () => {
      const { page, url } = opened()
      const trueReturn = async (baseline: string): Promise<number> => {
        const table = page.getByRole('group', { name: `Differences to ${baseline} (sampled)`, exact: true })
        const row = table.getByRole('row').filter({ hasText: 'shifted' })
        await row.waitFor()
        return Number.parseFloat((await row.locator('th, td').nth(2).innerText()).replace('−', '-'))
      }
      const before = await trueReturn('alpha=0')
      expect(before).toBeGreaterThan(0)
      await page.getByLabel('Baseline').selectOption('alpha=1')
      expect(await trueReturn('alpha=1')).toBeCloseTo(-before, 9)
      expect(await page.getByRole('group', { name: 'Options that differ' }).innerText()).toMatch(/alpha\s+1\s+0/)
      expect(await violations(page)).toEqual([])
      const address = new URL(page.url())
      expect(address.searchParams.get('baseline')).toMatch(/\/alpha=1$/)
      address.searchParams.set('baseline', `${address.searchParams.get('baseline')}2`)
      await page.goto(address.href)
      await page.getByRole('alert').filter({ hasText: 'alpha=12' }).waitFor()
      expect(await violations(page)).toEqual([])
      await page.getByLabel('Baseline').selectOption('alpha=1')
      await trueReturn('alpha=1')
      expect(url).toBe(address.origin)
    },
  )
}
