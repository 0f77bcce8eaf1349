import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createClient, type Client } from '@goalpost/client'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { build } from 'vite'
import { inferBeliefs } from '../src/replay/goal-beliefs.ts'
import { episodesOf } from '../src/replay/recorded-episode.ts'
import { administrationJourneys } from './administration-journeys.ts'
import { annotationJourneys } from './annotation-journeys.ts'
import { catalogueJourneys } from './catalogue-journeys.ts'
import { comparisonJourneys } from './comparison-journeys.ts'
import { contentJourneys } from './content-journeys.ts'
import { crashJourneys } from './crash-journeys.ts'
import { failureJourneys } from './failure-journeys.ts'
import { filterJourneys } from './filter-journeys.ts'
import { gateJourneys } from './gate-journeys.ts'
import { listJourneys } from './list-journeys.ts'
import { liveJourneys } from './live-journeys.ts'
import { openContext, type Opened } from './opened.ts'
import { smokeSpec, submitLong, submitSmall } from './specs.ts'
import { silentJourneys } from './silent-journeys.ts'
import { startService } from './start-service.ts'
import { submitJourneys } from './submit-journeys.ts'
import { violations } from './violations.ts'

/** Debian's; CI installs it where it may. Without one, there is no browser to test with. */
const executablePath = '/usr/bin/chromium'
const journey = test.runIf(existsSync(executablePath))
/** Compressed, for the first page. */
const mostScriptBytes = 180_000
const patience = { timeout: 60_000 }

let service: Awaited<ReturnType<typeof startService>>
let client: Client
let browser: Browser
let page: Page
let experimentId: string
let small: Opened['small']
const refusals: string[] = []
const opened = (): Opened => {
  const { url, dataFolder, killApi } = service
  return { url, client, browser, page, experimentId, small, refusals, dataFolder, killApi }
}

beforeAll(async () => {
  // As users get it: with another value, React is built for its developers.
  process.env['NODE_ENV'] = 'production'
  await build({ root: path.resolve(import.meta.dirname, '..'), logLevel: 'warn' })
  service = await startService()
  client = createClient({ baseUrl: service.url, apiKey: service.key })
  small = await submitSmall(client)
  const smoke = await smokeSpec()
  const evaluation = { ...smoke.options.evaluation, decisions: true }
  const submitted = await client.submit({ ...smoke, options: { ...smoke.options, evaluation } })
  experimentId = submitted.experiment.id
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const context = await openContext({ browser, refusals })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  page = await context.newPage()
  page.setDefaultTimeout(patience.timeout)
}, 240_000)
afterEach(() => expect(refusals.splice(0)).toEqual([]))
afterAll(async () => {
  await browser?.close()
  await service?.close()
}, 60_000)

journey('a wrong key is refused, and shows nothing', async () => {
  await page.goto(`${service.url}/experiments`)
  await page.getByLabel('API key').fill('gp_wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').filter({ hasText: 'unknown, expired or revoked' }).waitFor()
  expect(await violations(page)).toEqual([])
})

journey('a failed sign-in elsewhere ends on a page that says why and what to do', async () => {
  await page.goto(`${service.url}/v1/oidc/sign-in`)
  await page.getByRole('alert').filter({ hasText: 'not set up here' }).getByText('Sign in with an API key').waitFor()
  await page.getByLabel('API key').waitFor()
  expect(await violations(page)).toEqual([])
})

journey('a sign-in link opens the experiments, and leaves no token in address or storage', async () => {
  const { path: link, token } = await client.createSignInLink()
  await page.goto(service.url + link)
  await page.waitForURL('**/experiments')
  await page.getByRole('link', { name: 'smoke' }).waitFor()
  const scripts = await page.evaluate(() =>
    performance.getEntriesByType('resource').flatMap((entry) => {
      const { name, encodedBodySize } = entry as PerformanceResourceTiming
      return name.endsWith('.js') ? [encodedBodySize] : []
    }),
  )
  expect(scripts.length).toBeGreaterThan(1)
  expect(scripts.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(mostScriptBytes)
  const kept = await page.evaluate(() => `${location.href} ${JSON.stringify(localStorage)} ${document.cookie}`)
  expect(kept).not.toContain(token)
  expect(kept).not.toContain('gp_')
})

journey('from the verdicts to the reason, and on to an episode', { timeout: 540_000 }, async () => {
  // The page was opened while the experiment ran: it follows to the end.
  const row = page.getByRole('row').filter({ hasText: 'smoke' })
  await row.getByText('alpha=0').waitFor({ timeout: 420_000 })
  expect(await violations(page)).toEqual([])
  await row.getByRole('link', { name: 'smoke' }).click()
  await page.getByRole('heading', { name: 'Each condition' }).waitFor()
  await page
    .getByRole('img', { name: /^threshold .*true-oracle/ })
    .first()
    .waitFor()
  await page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'Runs' }).press('Enter')
  await page.waitForURL('**#runs')
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'Watch alpha=0, seed 1' }).click()
  const shifted = page.getByRole('region', { name: 'Episode on shifted' })
  await shifted.getByRole('img', { name: /step 0 of/ }).waitFor()
  await page.getByRole('region', { name: 'Episode on in-distribution' }).waitFor()
  await page.keyboard.press('ArrowRight')
  await shifted.getByRole('img', { name: /step 1 of/ }).waitFor()
  const slider = page.getByRole('slider', { name: 'Step' })
  await slider.focus()
  await page.keyboard.press('ArrowRight')
  await shifted.getByRole('img', { name: /step 2 of/ }).waitFor()
  await page.keyboard.press('ArrowLeft')
  await shifted.getByRole('img', { name: /step 1 of/ }).waitFor()
  await page.keyboard.press('Tab')
  expect(await slider.evaluate((element) => element === document.activeElement)).toBe(false)
  expect(await violations(page)).toEqual([])
  const address = page.url()
  const drawing = await shifted.locator('.drawing').innerHTML()
  await page.goto(address)
  await shifted.getByRole('img', { name: /step 1 of/ }).waitFor()
  expect(await shifted.locator('.drawing').innerHTML()).toBe(drawing)
})

/** The goal that explains the first steps of the shown episode best, as computed here. */
async function likeliestGoal(step: number): Promise<string> {
  const given = { policy: `${experimentId}:alpha=0/1`, suite: 'shifted', episodes: 64 }
  const answer = await client.useTool({ protocol: 'rl-shift', group: 'levels', tool: 'replay' }, given)
  const [shown] = episodesOf(answer)
  const beliefs = shown === undefined ? null : inferBeliefs(shown)
  const shares = beliefs?.shares[step] ?? []
  const best = Math.max(...shares)
  return `${beliefs?.goals[shares.indexOf(best)]} ${best.toFixed(2)}`
}

journey('what the policy thought is shown; episodes are browsed, saved and laid over each other', async () => {
  const shifted = page.getByRole('region', { name: 'Episode on shifted' })
  await shifted.getByText(/^Before step 2: up [\d.]+, .*; value /).waitFor()
  await shifted.getByText(`After step 1: ${await likeliestGoal(1)}`).waitFor()
  await page.keyboard.press('n')
  await page.getByText(/^Episode 2 of \d+/).waitFor()
  await page.getByText(/^All \d+ episodes/).click()
  await page.getByRole('button', { name: 'Watch episode 3', exact: true }).click()
  await page.getByText(/^Episode 3 of \d+/).waitFor()
  const saved = page.waitForEvent('download')
  await shifted.getByRole('button', { name: 'GIF' }).click()
  const file = await readFile(await (await saved).path())
  expect(file.subarray(0, 6).toString()).toBe('GIF89a')
  expect(await violations(page)).toEqual([])
  await page.getByRole('radio', { name: 'All episodes in one picture' }).check()
  await page.getByRole('region', { name: 'Episodes on shifted' }).getByRole('img').waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByLabel('Condition').selectOption('alpha=1')
  await page.getByRole('heading', { level: 1, name: 'alpha=1, seed 1' }).waitFor()
  await page.getByLabel('Seed').selectOption('0')
  await page.getByRole('heading', { level: 1, name: 'alpha=1, seed 0' }).waitFor()
  await page.getByRole('region', { name: 'Episodes on shifted' }).getByRole('img').waitFor()
})

annotationJourneys(journey, opened)

journey('what computed an experiment, and the curves of its trainings, are read when they are opened', async () => {
  await page.getByText('Software and machines').click()
  await page.getByText('Processor', { exact: true }).first().waitFor()
  await page.getByText('Curves of the trainings', { exact: false }).click()
  await page.getByRole('checkbox', { name: 'entropy' }).waitFor()
  expect(await violations(page)).toEqual([])
})

journey('a report is a page of its own, without scripts, in which episodes move', async () => {
  const response = await page.goto(`${service.url}/v1/experiments/${experimentId}/report.html`)
  expect(response?.headers()['content-type']).toBe('text/html; charset=utf-8')
  await page.getByRole('heading', { name: 'Manifest' }).waitFor()
  expect(await violations(page)).toEqual([])
  expect(await page.locator('script').count()).toBe(0)
  await page.getByText('Watch it move').first().click()
  const episode = page.getByRole('img', { name: /step by step$/ }).first()
  const before = await episode.screenshot()
  await expect.poll(async () => before.equals(await episode.screenshot()), patience).toBe(false)
})

journey('every seed of a curve, at a step chosen with the keys', async () => {
  await page.goto(`${service.url}/experiments/${experimentId}`)
  const slider = page.getByRole('slider').first()
  await slider.focus()
  await page.keyboard.press('Home')
  await page.getByRole('group', { name: 'Values at 0', exact: true }).first().waitFor()
  const row = page
    .getByRole('group', { name: 'Values at 0', exact: true })
    .first()
    .getByRole('row', { name: /alpha=1/ })
  expect((await row.innerText()).match(/0\.\d{3}/g)?.length).toBeGreaterThanOrEqual(4)
  await page.getByRole('radio', { name: 'Verdict of each seed' }).check()
  await page.getByRole('link', { name: /^alpha=1, seed 1: (?!succeeded)/ }).waitFor()
  expect(await violations(page)).toEqual([])
})

journey('a run leads to its tasks, and a task to its log, which can be searched', async () => {
  await page.getByRole('link', { name: /^alpha=0, seed 0: / }).click()
  await page.getByRole('heading', { level: 1, name: 'alpha=0, seed 0' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'train', exact: true }).click()
  await page.getByRole('log').waitFor()
  await page.getByLabel('Search the log').fill('checkpoint')
  await page
    .getByRole('status')
    .filter({ hasText: /^[1-9]\d* of \d+ lines$/ })
    .waitFor()
  expect(await violations(page)).toEqual([])
})

crashJourneys(journey, opened)
comparisonJourneys(journey, opened)
contentJourneys(journey, opened)
submitJourneys(journey, opened)
catalogueJourneys(journey, opened)

listJourneys(journey, opened)
filterJourneys(journey, opened)

journey('an experiment is paused on its page, gets a priority, and is resumed in the list', async () => {
  const id = await submitLong(client, 'held')
  await page.goto(`${service.url}/experiments/${id}`)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('main').getByText('paused', { exact: true }).first().waitFor()
  await page.getByRole('link', { name: /^alpha=1, seed 1: paused/ }).waitFor()
  expect((await client.experiment(id)).pausedAt).not.toBeNull()
  await page.getByLabel('Priority').fill('7')
  await page.getByRole('button', { name: 'Set priority' }).click()
  await page.getByRole('button', { name: 'Set priority' }).waitFor({ state: 'detached' })
  expect(await page.evaluate('document.activeElement?.closest("label")?.innerText.trim()')).toBe('Priority')
  await expect.poll(async () => (await client.experiment(id)).priority, patience).toBe(7)
  expect(await violations(page)).toEqual([])
  await page.goto(`${service.url}/experiments`)
  const row = page.getByRole('row').filter({ hasText: 'held' })
  await row.getByText('paused', { exact: true }).waitFor()
  await row.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Resume' }).click()
  await row.getByText('paused', { exact: true }).waitFor({ state: 'detached' })
  expect((await client.experiment(id)).pausedAt).toBeNull()
  await client.cancel(id)
})

liveJourneys(journey, opened)
administrationJourneys(journey, opened)
gateJourneys(journey, opened)
silentJourneys(journey, opened)
failureJourneys(journey, opened)

journey('the API’s pages look like the dashboard’s, and show no other product', async () => {
  const docs = await page.context().newPage()
  await docs.goto(`${service.url}/docs`)
  await docs.getByRole('heading', { name: /^Goalpost/ }).waitFor()
  await docs.getByText('/v1/experiments', { exact: true }).first().waitFor()
  expect(await docs.locator('body').innerText()).not.toMatch(/swagger|smartbear|fastify/i)
  const pictures = await docs.locator('img').evaluateAll((all) => all.map((each) => each.getAttribute('alt')))
  expect(pictures).toEqual([''])
  await docs.getByRole('banner').getByRole('link', { name: 'Experiments' }).click()
  await docs.getByRole('heading', { name: 'Experiments' }).waitFor()
  await docs.close()
})

journey('after signing out, going back shows nothing', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByLabel('API key').waitFor()
  await page.goBack()
  await page.getByLabel('API key').waitFor()
})
