import { expect, type TestAPI } from 'vitest'
import type { Opened } from './opened.ts'
import { violations } from './violations.ts'

/** Environments, levels and the fleet. */
export function catalogueJourneys(journey: ReturnType<TestAPI['runIf']>, opened: () => Opened): void {
  journey('a level of the catalogue is played with the arrow keys', async () => {
    const { page, url } = opened()
    await page.goto(`${url}/catalogue`)
    await page.getByRole('link', { name: 'Cheese in the corner' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: 'Cheese in the corner' }).click()
    // Pictures of the catalogue, which stay until the page has come, have such names, too.
    await page.getByRole('heading', { level: 1, name: 'Cheese in the corner' }).waitFor()
    await page.getByRole('img', { name: /step 0/ }).waitFor()
    await page.keyboard.press('ArrowUp')
    await page.getByRole('img', { name: /step 1/ }).waitFor()
    await page.getByRole('img', { name: 'mouse: 1 cell is set' }).waitFor()
    expect(await violations(page)).toEqual([])
  })

  journey('a level is opened by the hash that reports name', async () => {
    const { page, url, client } = opened()
    const given = { environment: 'corner', count: 2 }
    const { data } = await client.useTool({ protocol: 'rl-shift', group: 'levels', tool: 'sample' }, given)
    await page.goto(`${url}/catalogue`)
    await page.getByLabel('Level or suite by its hash').fill(typeof data['suite'] === 'string' ? data['suite'] : '')
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByText('Level 0 of the suite').waitFor()
    await page.getByRole('link', { name: 'Next' }).click()
    await page.getByText('Level 1 of the suite').waitFor()
    await page.getByRole('img', { name: /step 0/ }).waitFor()
    expect(await violations(page)).toEqual([])
  })

  journey('the fleet shows its worker; models and gates, what to do first', async () => {
    const { page, url } = opened()
    await page.goto(`${url}/fleet`)
    await page.getByRole('heading', { name: /^\d workers?$/ }).waitFor()
    await page.getByText('ready', { exact: false }).first().waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: 'Models' }).click()
    await page.getByRole('heading', { name: 'No models yet' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: 'Gates', exact: true }).click()
    await page.getByRole('heading', { name: 'Gates', level: 1 }).waitFor()
    expect(await violations(page)).toEqual([])
  })
}
