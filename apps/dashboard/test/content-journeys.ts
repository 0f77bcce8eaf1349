import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, type TestAPI } from 'vitest'
import type { Opened } from './opened.ts'
import { violations } from './violations.ts'

const ended = { timeout: 120_000 }

/** Pages that need an experiment of their own kind, or none; and what leaves a page. */
export function contentJourneys(journey: ReturnType<TestAPI['runIf']>, opened: () => Opened): void {
  journey('a table is copied for a spreadsheet and as Markdown, and downloaded', async () => {
    const { page, url, experimentId } = opened()
    await page.goto(`${url}/experiments/${experimentId}`)
    const actions = page.locator('.table-actions').first()
    const copied = async (button: RegExp, pattern: RegExp): Promise<string[]> => {
      await actions.getByRole('button', { name: button }).click()
      await actions.getByText('Copied').waitFor()
      const read = () => page.evaluate(() => navigator.clipboard.readText())
      await expect.poll(read).toMatch(pattern)
      return (await read()).trim().split('\n')
    }
    const rows = await copied(/^Copy (?!Markdown)/, /\t/)
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.every((row) => row.includes('\t'))).toBe(true)
    await copied(/^Copy Markdown of/, /^\|.*\n\|[ :|-]+\|\n/)
    const download = page.waitForEvent('download')
    await actions.getByRole('button', { name: /^CSV of/ }).click()
    const saved = await download
    expect(saved.suggestedFilename()).toMatch(/^[a-z0-9-]+\.csv$/)
    const csv = (await readFile(await saved.path(), 'utf8')).trim().split('\n')
    expect(csv).toHaveLength(rows.length)
    expect(csv[0]).toContain(',')
  })

  journey('a comparison begins empty, and is made of an experiment that is searched for', async () => {
    const { page, url } = opened()
    await page.goto(`${url}/compare`)
    await page.getByRole('heading', { name: 'Nothing is chosen yet' }).waitFor()
    expect(await violations(page)).toEqual([])
    await searchFor(page, 'smoke')
    await page.getByLabel('Condition').selectOption('alpha=1')
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('list', { name: 'Compared' }).getByText('smoke: alpha=1').waitFor()
  })

  journey('the league page says that there is no league, and why an experiment cannot be in one', async () => {
    const { page, url } = opened()
    await page.goto(`${url}/league`)
    await page.getByRole('heading', { name: 'No league yet' }).waitFor()
    expect(await violations(page)).toEqual([])
    await searchFor(page, 'smoke')
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('alert').filter({ hasText: 'search' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page
      .getByRole('list', { name: 'Searches of the table' })
      .getByRole('button', { name: /^Remove / })
      .click()
    await page.getByRole('heading', { name: 'No league yet' }).waitFor()
  })

  journey('samples of a language model are read one by one, from the page of its experiment', ended, async () => {
    const { page, url, client, small } = opened()
    await expect.poll(async () => (await client.experiment(small.samples)).state, ended).toBe('succeeded')
    await page.goto(`${url}/experiments/${small.samples}`)
    await page.getByRole('link', { name: 'Read the samples of two, seed 0' }).click()
    const sample = page.getByRole('article', { name: 'Sample' })
    const first = await sample.innerText()
    await page.getByRole('button', { name: 'Next sample' }).click()
    await page.getByText(/^Sample 2 of [1-9]\d+$/).waitFor()
    await expect.poll(() => sample.innerText()).not.toBe(first)
    await page.keyboard.press('p')
    await page.getByText(/^Sample 1 of /).waitFor()
    expect(await sample.innerText()).toBe(first)
    const kind = await page.getByLabel('Kind').getByRole('option').last().innerText()
    await page.getByLabel('Kind').selectOption(kind)
    await expect.poll(() => sample.innerText()).toContain(kind)
    expect(await violations(page)).toEqual([])
  })

  journey(
    'episodes of CoinRun are laid over each other on the whole level, with the coins of all levels',
    ended,
    async () => {
      const { page, url, client, small } = opened()
      await expect.poll(async () => (await client.experiment(small.coinrun)).state, ended).toBe('succeeded')
      await page.goto(`${url}/experiments/${small.coinrun}/replay?condition=alpha%3D0&seed=0&overlay=true`)
      for (const suite of ['aside', 'iid']) {
        const drawing = page.getByRole('region', { name: `Episodes on ${suite}` }).getByRole('img')
        await drawing.waitFor()
        const [, count] =
          /^(\d+) episodes in one picture/.exec((await drawing.locator('title').textContent()) ?? '') ?? []
        expect(await drawing.locator('g[stroke-opacity] > path').count()).toBe(Number(count))
        expect(await drawing.locator('text').allTextContents()).toEqual(expect.arrayContaining(['coin', 'way', 'end']))
      }
      expect(await violations(page)).toEqual([])
      const gallery = page.getByRole('heading', { name: 'alpha=0: where the agents go' })
      await page.goto(`${url}/experiments/${small.coinrun}`)
      await gallery.waitFor()
    },
  )

  journey('a grid of two options is drawn against a dose, and as parallel coordinates', ended, async () => {
    const { page, url, client, small } = opened()
    await expect.poll(async () => (await client.experiment(small.grid)).state, ended).toBe('succeeded')
    await page.goto(`${url}/experiments/${small.grid}`)
    const number = await page.locator('.dose-panel').getByLabel('Number').locator('option:checked').innerText()
    await page.getByRole('img', { name: `${number} by alpha: 0: ` }).waitFor()
    const chosen = await page.getByLabel('Number of the grid').locator('option:checked').innerText()
    const lines = page.getByRole('img', { name: `${chosen} of each condition: ` })
    expect((await lines.getAttribute('aria-label'))?.split(';').length).toBeGreaterThanOrEqual(4)
    await page
      .getByRole('table', { name: 'Importance of each option' })
      .getByRole('row', { name: /^steps \d+ %/ })
      .waitFor()
    expect(await violations(page)).toEqual([])
  })
}

/** Types into the search of a page, until the experiment of that name is the one that is chosen. */
async function searchFor(page: Page, name: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search' }).fill(name)
  const chosen = page.getByRole('combobox', { name: 'Experiment' }).locator('option:checked')
  await chosen
    .filter({ hasText: `${name}, ` })
    .first()
    .waitFor({ state: 'attached' })
}
