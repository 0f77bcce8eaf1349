import { expect, type TestAPI } from 'vitest'
import type { Opened } from './opened.ts'
import { violations } from './violations.ts'

/** What people add to an experiment: a note and labels. */
export function annotationJourneys(journey: ReturnType<TestAPI['runIf']>, opened: () => Opened): void {
  journey('a note and a label are added to an experiment, and stay', async () => {
    const { page, url, client, experimentId } = opened()
    await page.goto(`${url}/experiments/${experimentId}`)
    await page.getByRole('button', { name: 'Add a note' }).click()
    await page.getByRole('textbox', { name: 'Note', exact: true }).fill('Learning rate too high?')
    await page.getByRole('button', { name: 'Save the note' }).click()
    await page.getByLabel('Label of this experiment').fill('stage=pilot')
    await page.getByRole('button', { name: 'Set label' }).click()
    await page.getByRole('link', { name: 'stage=pilot' }).waitFor()
    expect(await client.experiment(experimentId)).toMatchObject({
      note: 'Learning rate too high?',
      labels: { stage: 'pilot' },
    })
    await page.getByRole('button', { name: 'Change the note' }).click()
    await page.getByRole('textbox', { name: 'Note', exact: true }).fill('Mine')
    await client.setNote(experimentId, 'Theirs')
    await page.getByRole('button', { name: 'Save the note' }).click()
    await page.getByRole('alert').filter({ hasText: 'Theirs' }).waitFor()
    expect((await client.experiment(experimentId)).note).toBe('Theirs')
    await page.getByRole('button', { name: 'Replace it with mine' }).click()
    await page.getByRole('button', { name: 'Save the note' }).click()
    await page.getByRole('button', { name: 'Change the note' }).waitFor()
    expect((await client.experiment(experimentId)).note).toBe('Mine')
    await page.getByRole('button', { name: 'Remove the label stage' }).click()
    await page.getByRole('link', { name: 'stage=pilot' }).waitFor({ state: 'detached' })
    expect(await violations(page)).toEqual([])
  })
}
