import type { Page, Route } from 'playwright-core'
import { expect, type TestAPI } from 'vitest'
import type { Opened } from './opened.ts'
import { violations } from './violations.ts'

type Json = Record<string, unknown>

/** As much of the answers as is changed here. */
type Answer = Json & {
  readonly report: { readonly parts: readonly unknown[] }
  readonly data: { readonly episodes: readonly { readonly recording: Json }[] }
  readonly items: readonly (Json & { readonly name: string })[]
}

/** Answers with what the service says, changed. */
const changed = (change: (answer: Answer) => Json) => async (route: Route) => {
  // Without what the browser remembers, the service answers in full.
  const { 'if-none-match': _, ...headers } = route.request().headers()
  const response = await route.fetch({ headers })
  await route.fulfill({ response, json: change((await response.json()) as Answer) })
}

/** A panel that cannot draw the answer says so, and can be asked again; the links to other pages stay. */
async function expectCrash(page: Page, fault: RegExp): Promise<void> {
  const alert = page.getByRole('alert').filter({ hasText: 'This part of the page cannot be shown' })
  await alert.filter({ hasText: fault }).first().waitFor()
  await alert.first().getByText('Reload the page').waitFor()
  expect(await page.getByRole('navigation', { name: 'Pages' }).count()).toBe(1)
  expect(await violations(page)).toEqual([])
}

/** A value that has no text. */
const wordless = { toString: null, valueOf: null }

/** Answers that follow the schema, but that a component cannot draw. */
export function crashJourneys(journey: ReturnType<TestAPI['runIf']>, opened: () => Opened): void {
  const inTab = async (act: (tab: Page) => Promise<void>): Promise<void> => {
    const tab = await opened().page.context().newPage()
    await act(tab)
    await tab.close()
  }

  journey('a part of a report that cannot be drawn leaves the others, and is drawn when it can be', () =>
    inTab(async (tab) => {
      const { url, experimentId } = opened()
      const results = /\/v1\/experiments\/[^/]+\/results/
      // Half of a character: it can be sent, but not be part of an image's address.
      const gallery = {
        type: 'gallery',
        title: 'A broken gallery',
        pictures: [{ title: 'half', lines: [], svg: '\u{d800}' }],
      }
      await tab.route(
        results,
        changed((answer) => ({ ...answer, report: { ...answer.report, parts: [...answer.report.parts, gallery] } })),
      )
      await tab.goto(`${url}/experiments/${experimentId}`)
      await expectCrash(tab, /URI malformed/)
      await tab.getByRole('heading', { name: 'Each condition' }).waitFor()
      await tab.getByRole('heading', { name: 'Runs', exact: true }).waitFor()
      await tab.unroute(results)
      await tab.reload()
      await tab.getByRole('heading', { name: 'Each condition' }).waitFor()
      expect(await tab.getByRole('alert').count()).toBe(0)
    }),
  )

  journey('a chart that cannot be drawn leaves the report, the runs and the spec', () =>
    inTab(async (tab) => {
      const { url, experimentId } = opened()
      await tab.addInitScript('ResizeObserver = class { observe() { throw new Error("no sizes") } disconnect() {} }')
      await tab.goto(`${url}/experiments/${experimentId}`)
      await expectCrash(tab, /no sizes/)
      for (const name of ['Each condition', 'Runs', 'How it was run'])
        await tab.getByRole('heading', { name, exact: true }).waitFor()
    }),
  )

  journey('a replay of a world that the page does not know leaves the choices, another condition is drawn', () =>
    inTab(async (tab) => {
      const { url, experimentId } = opened()
      const replay = '**/v1/protocols/*/tools/levels/replay'
      await tab.route(
        replay,
        changed(({ data, ...answer }) => {
          const episodes = data.episodes.map((each) => ({
            ...each,
            recording: { ...each.recording, environment: 'atlantis' },
          }))
          return { ...answer, data: { ...data, episodes } }
        }),
      )
      await tab.goto(`${url}/experiments/${experimentId}/replay?condition=alpha%3D0&seed=0`)
      await expectCrash(tab, /does not know the environment atlantis/)
      await tab.unroute(replay)
      await tab.getByLabel('Condition').selectOption('alpha=1')
      await tab.getByRole('region', { name: 'Episode on shifted' }).waitFor()
      expect(await tab.getByRole('alert').count()).toBe(0)
    }),
  )

  journey('a table that cannot be drawn leaves the rest of its page, and the next page is whole', () =>
    inTab(async (tab) => {
      const { url } = opened()
      await tab.route(
        '**/v1/catalog*',
        changed(({ items, ...answer }) => ({
          ...answer,
          items: items.map((item) =>
            item.name === 'corner'
              ? { ...item, parametersSchema: { properties: { size: { enum: [wordless] } } } }
              : item,
          ),
        })),
      )
      await tab.goto(`${url}/catalogue/rl-shift/corner`)
      await expectCrash(tab, /primitive value/)
      await tab.getByRole('heading', { level: 1 }).waitFor()
      await tab.getByRole('main').getByRole('link', { name: 'Catalogue' }).click()
      await tab.getByRole('link', { name: /maze/i }).first().click()
      await tab.getByRole('table').first().waitFor()
      expect(await tab.getByRole('alert').count()).toBe(0)
    }),
  )
}
