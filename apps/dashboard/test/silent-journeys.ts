import { expect, type TestAPI } from 'vitest'
import { failWith, failure } from './failing-answers.ts'
import type { Opened } from './opened.ts'

/** Their own failure is that of the page, which another journey tests; or they are streams, which the live mark shows. */
const elsewhere = /\/v1\/(session|events)$|\/events$/

/** Whatever a page asks for, if that alone fails, the page says so: on those that ask for most. A test of all queries reads their code. */
export function silentJourneys(journey: ReturnType<TestAPI['runIf']>, opened: () => Opened): void {
  journey('of all that a page asks for, nothing fails in silence', { timeout: 600_000 }, async () => {
    const { page, url, client, experimentId } = opened()
    const { runs } = await client.experiment(experimentId)
    const [run] = runs
    const paths = [
      '/experiments',
      `/experiments/${experimentId}`,
      `/experiments/${experimentId}/replay?condition=${encodeURIComponent(run?.condition ?? '')}&seed=${run?.seed}`,
      `/compare?arms=${encodeURIComponent(JSON.stringify([experimentId]))}`,
      '/submit',
      '/models/mouse',
      '/administration/usage',
    ]
    const tab = await page.context().newPage()
    for (const path of paths) {
      const asked = new Set<string>()
      const note = (request: { url(): string }): void => void asked.add(new URL(request.url()).pathname)
      tab.on('request', note)
      await tab.goto(url + path)
      await tab.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined)
      tab.off('request', note)
      for (const part of [...asked].filter((each) => each.startsWith('/v1/') && !elsewhere.test(each))) {
        const isPart = (address: URL): boolean => address.pathname === part
        await tab.route(isPart, (route) => route.fulfill(failWith(failure)))
        await tab.goto(url + path)
        await tab
          .getByRole('alert')
          .filter({ hasText: failure })
          .first()
          .waitFor({ timeout: 30_000 })
          .catch(() => expect.fail(`${path} does not say that ${part} failed`))
        await tab.unroute(isPart)
      }
    }
    await tab.close()
  })
}
