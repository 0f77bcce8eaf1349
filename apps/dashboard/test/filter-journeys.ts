import { expect, type TestAPI } from 'vitest'
import type { Opened } from './opened.ts'
import { violations } from './violations.ts'

/** The list, narrowed by what is chosen or typed. It has experiments of several protocols by now. */
export function filterJourneys(journey: ReturnType<TestAPI['runIf']>, opened: () => Opened): void {
  journey('the list is filtered by a verdict and by a protocol, and the address has both', async () => {
    const { page, url, client } = opened()
    const link = (name: string) => page.getByRole('link', { name, exact: true })
    const verdict = page.getByRole('combobox', { name: 'Verdict', exact: true })
    await page.goto(`${url}/experiments`)
    await page.getByText('More filters').click()
    await page.getByLabel('Protocol').selectOption('goodhart')
    await link('goodhart').waitFor()
    await link('smoke').waitFor({ state: 'detached' })
    const [found] = (await client.experiments({ protocol: 'goodhart', limit: 1 })).items
    const names = (await client.protocol('goodhart')).verdicts.map(({ name }) => name)
    const has = (name: string) => found?.verdicts.some((each) => each.name === name) === true
    const [other] = names.filter((name) => !has(name))
    await verdict.selectOption(other ?? '')
    await page.getByRole('heading', { name: 'No experiment matches' }).waitFor()
    await verdict.selectOption(names.find(has) ?? '')
    await link('goodhart').waitFor()
    const search = Object.fromEntries(new URL(page.url()).searchParams)
    expect(search).toMatchObject({ protocol: 'goodhart', verdict: names.find(has) })
    expect(await violations(page)).toEqual([])
  })

  journey('a search finds words in any order', async () => {
    const { page, url } = opened()
    await page.goto(`${url}/experiments`)
    const found = page.getByRole('link', { name: 'mixtures and steps', exact: true })
    await page.getByLabel('Search').fill('steps mixtures')
    await found.waitFor()
    await page.getByRole('link', { name: 'smoke', exact: true }).waitFor({ state: 'detached' })
    await page.getByLabel('Search').fill('"steps mixtures"')
    await page.getByRole('heading', { name: 'No experiment matches' }).waitFor()
    await page.getByLabel('Search').fill('"mixtures and"')
    await found.waitFor()
  })
}
