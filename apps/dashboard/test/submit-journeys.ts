import type { Page } from 'playwright-core'
import { expect, type TestAPI } from 'vitest'
import type { Opened } from './opened.ts'
import { exampleSpec } from './specs.ts'
import { violations } from './violations.ts'

const patience = { timeout: 60_000 }

/** New experiments, from others and from the form. */
export function submitJourneys(journey: ReturnType<TestAPI['runIf']>, opened: () => Opened): void {
  journey('an experiment is cloned with more seeds, in the form, and the text follows', async () => {
    const { page, url, client, experimentId } = opened()
    await page.goto(`${url}/experiments/${experimentId}`)
    await page.getByRole('link', { name: 'Clone' }).click()
    const general = page.getByRole('region', { name: 'Experiment' })
    await general.getByLabel('name', { exact: true }).fill('smoke with more seeds')
    await general.getByLabel('seeds', { exact: true }).fill('3')
    await page.keyboard.press('Tab')
    const editor = page.getByRole('textbox', { name: 'Spec as YAML' })
    await editor.filter({ hasText: 'seeds: 3' }).waitFor()
    await page.getByText('6 (2 × 3 seeds)').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.getByRole('heading', { name: 'smoke with more seeds' }).waitFor()
    const { items } = await client.experiments({ name: 'smoke with more seeds' })
    expect(items).toMatchObject([{ seeds: 3, conditions: 2 }])
    await page.goto(`${url}/experiments`)
    await page.getByRole('checkbox', { name: 'Choose smoke with more seeds' }).check()
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
    await page.getByRole('row').filter({ hasText: 'smoke with more seeds' }).getByText('cancelled').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('checkbox', { name: 'Choose smoke with more seeds' }).check()
    await page.getByRole('button', { name: 'Archive', exact: true }).click()
    await page.getByRole('link', { name: 'smoke with more seeds' }).waitFor({ state: 'detached' })
  })

  journey('an example is submitted, after YAML was typed and the form has followed', async () => {
    const { page, url, client } = opened()
    await page.goto(`${url}/submit`)
    await page.getByLabel('Start from an example').selectOption('secret')
    const editor = page.getByRole('textbox', { name: 'Spec as YAML' })
    await editor.filter({ hasText: 'seed: secret' }).waitFor()
    await page.getByLabel('Start from an example').selectOption('smoke')
    await editor.filter({ hasText: 'name: smoke' }).waitFor()
    const general = page.getByRole('region', { name: 'Experiment' })
    await general.getByLabel('name', { exact: true }).fill('from an example')
    await editor.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('description: typed as YAML')
    const description = general.getByLabel('description', { exact: true })
    await expect.poll(() => description.inputValue()).toBe('typed as YAML')
    await page.getByText('4 (2 × 2 seeds)').waitFor()
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.getByRole('heading', { name: 'from an example' }).waitFor()
    const { items } = await client.experiments({ name: 'from an example' })
    const spec = await exampleSpec('smoke')
    const submitted = await client.experiment(items[0]?.id ?? '')
    expect(submitted.spec).toEqual({ ...spec, name: 'from an example', description: 'typed as YAML' })
    await client.archive(submitted.id)
  })

  journey('two conditions are built and submitted with the keys, without touching YAML, and run', async () => {
    const { page, url, client } = opened()
    await page.goto(`${url}/submit`)
    const general = page.getByRole('region', { name: 'Experiment' })
    await general.getByLabel('name', { exact: true }).fill('built in the form')
    const grid = page.getByRole('group', { name: 'grid', exact: true })
    await grid.getByRole('button', { name: 'Remove alpha', exact: true }).press('Enter')
    await buildConditions(page)
    await page.getByText('high, low', { exact: true }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Submit' }).press('Enter')
    await page.getByRole('heading', { name: 'built in the form' }).waitFor()
    await page.getByRole('link', { name: /^high, seed 1: / }).waitFor()
    const { items } = await client.experiments({ name: 'built in the form' })
    const submitted = await client.experiment(items[0]?.id ?? '')
    expect(submitted.spec).toEqual({
      ...(await specWithoutGrid()),
      name: 'built in the form',
      conditions: [
        { name: 'high', options: { alpha: 0.9 } },
        { name: 'low', options: { alpha: 0.1 } },
      ],
    })
    await expect.poll(async () => (await client.experiment(submitted.id)).state, patience).toBe('running')
    await client.cancel(submitted.id)
    await client.archive(submitted.id)
  })

  journey('a grid gets another axis in the form, and loses a value', async () => {
    const { page, url, client } = opened()
    await page.goto(`${url}/submit`)
    const general = page.getByRole('region', { name: 'Experiment' })
    await general.getByLabel('name', { exact: true }).fill('a grid from the form')
    const grid = page.getByRole('group', { name: 'grid', exact: true })
    await grid.getByRole('button', { name: 'Remove alpha 1' }).press('Enter')
    await grid.getByLabel('Name to add to grid').fill('steps')
    await page.keyboard.press('Enter')
    await grid.getByLabel('steps 1', { exact: true }).fill('2048')
    await grid.getByRole('button', { name: 'Add to steps' }).press('Enter')
    await grid.getByLabel('steps 2', { exact: true }).fill('4096')
    await page.keyboard.press('Enter')
    await page.getByText('alpha=1,steps=2048, alpha=1,steps=4096', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Submit' }).press('Enter')
    await page.getByRole('heading', { name: 'a grid from the form' }).waitFor()
    const { items } = await client.experiments({ name: 'a grid from the form' })
    const { id, spec } = await client.experiment(items[0]?.id ?? '')
    expect(spec['grid']).toEqual({ alpha: [1], steps: [2048, 4096] })
    await client.cancel(id)
    await client.archive(id)
  })

  journey('a fault of the spec is named, at its place, and nothing can be submitted', async () => {
    const { page, url } = opened()
    await page.goto(`${url}/submit`)
    await page.getByRole('textbox', { name: 'Spec as YAML' }).waitFor()
    await page.getByLabel('steps', { exact: true }).fill('-5')
    await page.keyboard.press('Tab')
    await page.getByText('/options/steps').first().waitFor()
    const field = page.getByLabel('steps', { exact: true })
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
    await page.getByRole('button', { name: '/options/steps' }).click()
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true)
    await page.getByRole('textbox', { name: 'Spec as YAML' }).filter({ hasText: 'steps: -5' }).waitFor()
    expect(await page.getByRole('button', { name: 'Submit' }).isDisabled()).toBe(true)
  })
}

/** Two conditions: the first is written, duplicated, changed and moved up. The focus is where typing goes on. */
async function buildConditions(page: Page): Promise<void> {
  const conditions = page.getByRole('group', { name: 'conditions', exact: true })
  await conditions.getByRole('button', { name: 'Add to conditions' }).press('Enter')
  await page.keyboard.type('low')
  await page.keyboard.press('Tab')
  await conditions.getByLabel('Fields to add to conditions 1 options').selectOption('alpha')
  await conditions.getByRole('button', { name: 'Add field' }).press('Enter')
  await conditions.getByLabel('alpha', { exact: true }).fill('0.1')
  await conditions.getByRole('button', { name: 'Duplicate conditions 1' }).press('Enter')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('high')
  await page.keyboard.press('Tab')
  const second = conditions.getByRole('listitem', { name: 'conditions 2' })
  await second.getByLabel('alpha', { exact: true }).fill('0.9')
  await second.getByRole('button', { name: 'Move conditions 2 up' }).press('Enter')
  const first = conditions.getByRole('listitem', { name: 'conditions 1' })
  await expect.poll(() => first.getByLabel('name', { exact: true }).inputValue()).toBe('high')
  expect(await page.evaluate('document.activeElement?.ariaLabel')).toBe('Move conditions 1 down')
}

/** `smoke`, with one condition. */
async function specWithoutGrid() {
  const { grid: _, ...spec } = await exampleSpec('smoke')
  return spec
}
