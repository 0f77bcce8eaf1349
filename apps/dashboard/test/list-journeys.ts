import type { Page } from 'playwright-core'
import { expect, type TestAPI } from 'vitest'
import { copyExperiment } from '../../../tests/copy-experiment.ts'
import type { Opened } from './opened.ts'
import { exampleSpec, submitLong } from './specs.ts'
import { violations } from './violations.ts'

const copies = 1_000
/** Those in view, and some around them. */
const mostRows = 60
const patience = { timeout: 60_000 }

/** One that fails at once, since its policy was made for smaller levels, and one of another protocol. */
async function submitOthers({ client, experimentId }: Opened) {
  const { items } = await client.checkpoints({ experimentId, limit: 200 })
  const onnx = items.flatMap(({ parts }) => parts).find(({ name }) => name === 'policy.onnx')?.hash ?? ''
  const failing = await client.submit({
    apiVersion: 'goalpost/v1',
    protocol: 'rl-shift',
    name: 'failing',
    seeds: 1,
    options: { environment: 'corner', parameters: { size: 5, maxSteps: 16 } },
    conditions: [{ name: 'imported', options: { policy: { onnx } } }],
  })
  const spec = await exampleSpec('goodhart')
  const goodhart = await client.submit({ ...spec, seeds: 2, options: { ...spec.options, draws: 16_384 } })
  return { failing: failing.experiment.id, goodhart: goodhart.experiment.id }
}

/** What opening the list asked the service for until its first rows are there, and how many rows are drawn. */
async function openList(page: Page, url: string) {
  const cursors: (string | null)[] = []
  const note = (request: { url(): string }): void => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname === '/v1/experiments') cursors.push(searchParams.get('cursor'))
  }
  page.on('request', note)
  await page.goto(`${url}/experiments`)
  await page.locator('.list-row').first().waitFor()
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))')
  page.off('request', note)
  return { cursors: new Set(cursors), rows: await page.locator('.list-row').count() }
}

/** The list of experiments. From here on it has more than a thousand: finished, failed and running ones. */
export function listJourneys(journey: ReturnType<TestAPI['runIf']>, opened: () => Opened): void {
  journey(
    'of a thousand experiments one page is read first, and only rows near the view are drawn',
    { timeout: 240_000 },
    async () => {
      const { page, url, client, experimentId, dataFolder } = opened()
      const { failing, goodhart } = await submitOthers(opened())
      await copyExperiment({ dataFolder, experimentId, copies })
      const stateOf = async (id: string) => (await client.experiment(id)).state
      await expect.poll(() => stateOf(goodhart), { timeout: 120_000 }).toBe('succeeded')
      await expect.poll(() => stateOf(failing), { timeout: 120_000 }).toBe('failed')
      const running = await submitLong(client, 'running')
      // How long it takes is measured where nothing else runs: benchmarks/dashboard.ts.
      const { cursors, rows } = await openList(page, url)
      expect([...cursors]).toEqual([null])
      expect(rows).toBeLessThanOrEqual(mostRows)
      for (const [name, text] of [
        ['running', /running|waiting/],
        ['failing', 'failed'],
        ['goodhart', 'pareto'],
        ['smoke', 'alpha=0'],
      ] as const) {
        const link = page.getByRole('link', { name, exact: true })
        await page.getByRole('row').filter({ has: link }).getByText(text).first().waitFor()
      }
      await client.cancel(running)
      await page.goto(`${url}/experiments/${experimentId}?against=${goodhart}`)
      const differing = page.getByRole('group', { name: 'Software and machines that differ' })
      await differing.getByRole('row', { name: 'engine: threads 1 none' }).waitFor()
      expect(await violations(page)).toEqual([])
      await page.goto(`${url}/experiments`)
    },
  )

  journey('the list is scrolled to its oldest experiment, and searched; one that failed says why', async () => {
    const { page, url } = opened()
    const oldest = page.getByRole('link', { name: 'small 1', exact: true })
    const scroll = async (): Promise<number> => {
      await page.mouse.wheel(0, 100_000)
      return oldest.count()
    }
    await expect.poll(scroll, patience).toBe(1)
    await page.getByLabel('Search').fill('"small 77"')
    await page.getByRole('link', { name: 'small 777', exact: true }).waitFor()
    // With the headings; rows far from the view are not drawn.
    expect(await page.getByRole('table', { name: 'Experiments' }).getAttribute('aria-rowcount')).toBe('12')
    expect(await violations(page)).toEqual([])
    await page.goto(`${url}/experiments?state=failed`)
    await page.getByRole('link', { name: 'failing', exact: true }).click()
    await page.getByRole('heading', { name: 'failing' }).waitFor()
    await page
      .getByText(/does not fit/)
      .first()
      .waitFor()
    expect(await violations(page)).toEqual([])
  })

  journey('a search of the list is in its address', async () => {
    const { page, url } = opened()
    await page.goto(`${url}/experiments`)
    await page.getByLabel('Search').fill('nothing like it')
    await page.getByRole('heading', { name: 'No experiment matches' }).waitFor()
    expect(new URL(page.url()).searchParams.get('search')).toContain('nothing like it')
  })

  journey('the headings sort the list, and the address has the order', async () => {
    const { page, url } = opened()
    await page.goto(`${url}/experiments`)
    await page.getByRole('button', { name: 'Experiment', exact: true }).click()
    await page.waitForURL(/sort=name/)
    await page.getByRole('button', { name: 'Experiment', exact: true }).click()
    await page.waitForURL(/sort=-name/)
    const heading = page.getByRole('columnheader', { name: /Experiment$/ })
    expect(await heading.getAttribute('aria-sort')).toBe('descending')
    await page.getByRole('button', { name: 'Progress', exact: true }).click()
    await page.waitForURL(/sort=-progress/)
    await page.getByRole('button', { name: 'Changed', exact: true }).click()
    await page.waitForURL(/sort=-updated/)
    await page.getByRole('button', { name: 'Verdicts', exact: true }).click()
    await page.waitForURL(/sort=verdict/)
    await page.getByRole('link', { name: 'smoke', exact: true }).waitFor()
    expect(await violations(page)).toEqual([])
  })

  journey('the name of an experiment is an address', async () => {
    const { page, url, client, experimentId } = opened()
    await page.goto(`${url}/experiments/by-name/smoke`)
    await page.waitForURL(`**/experiments/${experimentId}`)
    await page.goto(`${url}/experiments/by-name/nothing%2Flike%20it`)
    await page.getByRole('heading', { name: 'No experiment is called nothing/like it' }).waitFor()
    // Without reloading the page, so that its cache stays.
    const visit = (address: string) => page.evaluate(`history.pushState({}, '', ${JSON.stringify(address)})`)
    for (let times = 0; times < 2; times++) {
      const id = await submitLong(client, 'twice')
      await client.cancel(id)
      await visit('/experiments/by-name/twice')
      await page.waitForURL(`**/experiments/${id}`)
    }
    expect(await violations(page)).toEqual([])
  })

  journey('chosen experiments are labelled together; owner, label and order are in the address', async () => {
    const { page, url, client, experimentId } = opened()
    await page.goto(`${url}/experiments`)
    await page.getByRole('checkbox', { name: 'Choose all experiments that are shown' }).check()
    await page.getByText(/^[1-9]\d* chosen$/).waitFor()
    await page.getByRole('button', { name: 'Choose none' }).click()
    await page.getByRole('checkbox', { name: 'Choose smoke', exact: true }).check()
    await page.getByLabel('Label of the chosen experiments').fill('team=alignment')
    await page.getByRole('button', { name: 'Set label' }).click()
    await page.getByRole('link', { name: 'team=alignment' }).click()
    await page.getByLabel('Order').selectOption('by name')
    const { createdBy } = await client.experiment(experimentId)
    await page.getByLabel('Owner').selectOption(createdBy ?? '')
    await page.waitForURL(/owner=/)
    const search = Object.fromEntries(new URL(page.url()).searchParams)
    expect(search).toMatchObject({ label: 'team=alignment', sort: 'name', owner: createdBy })
    await page.reload()
    await page.getByRole('link', { name: 'smoke', exact: true }).waitFor()
    await page.getByLabel('Name of this view').fill('ours')
    await page.getByRole('button', { name: 'Save the view' }).click()
    await page.getByRole('button', { name: 'ours', pressed: true }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.goto(`${url}/experiments`)
    await page.getByRole('button', { name: 'ours', pressed: false }).click()
    await page.waitForURL(/label=team%3Dalignment/)
    await page.getByRole('button', { name: 'Delete the view ours' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('button', { name: 'ours', exact: true }).waitFor({ state: 'detached' })
  })
}
