import { expect, type TestAPI } from 'vitest'
import type { Opened } from './opened.ts'
import { exampleSpec } from './specs.ts'
import { violations } from './violations.ts'

/** New experiments, from others and from the form. */
export function submitJourneys(journey: ReturnType<TestAPI['runIf']>, opened: () => Opened): void {
  journey('an experiment is cloned with more seeds, in the form, and the text follows', async () => {
    const { page, url, client, experimentId } = opened()
    await page.goto(`${url}/experiments/${experimentId}`)
    await page.getByRole('link', { name: 'Clone' }).click()
    await page.getByLabel('name', { exact: true }).fill('smoke with more seeds')
    await page.getByLabel('seeds', { exact: true }).fill('3')
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
    await page.getByLabel('name', { exact: true }).fill('from an example')
    await editor.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('description: typed as YAML')
    const description = page.getByLabel('description', { exact: true })
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

  journey('a fault of the spec is named, at its place, and nothing can be submitted', async () => {
    const { page, url } = opened()
    await page.goto(`${url}/submit`)
    await page.getByRole('textbox', { name: 'Spec as YAML' }).waitFor()
    await page.getByLabel('steps', { exact: true }).fill('-5')
    await page.keyboard.press('Tab')
    await page.getByText('/options/steps').first().waitFor()
    await page.getByRole('textbox', { name: 'Spec as YAML' }).filter({ hasText: 'steps: -5' }).waitFor()
    expect(await page.getByRole('button', { name: 'Submit' }).isDisabled()).toBe(true)
  })
}
