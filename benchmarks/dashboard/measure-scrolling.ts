import type { Browser, Page } from 'playwright-core'
import { devToolsOf, watchProcessor } from './processor-time.ts'
import { serveDashboard, type StubService } from './serve-dashboard.ts'
import { experiment } from './stub-data.ts'

const frames = 120
const pixelsPerFrame = 400
/** After rows are shown, until the page has nothing more to do. */
const restMs = 1_000
/** The page reads its list again a second after an event. */
const eventMs = 2_500
const loadTimeoutMs = 300_000

/** Scrolls a fixed way in each frame; resolves with the milliseconds between frames. */
const scroll = `new Promise((resolve) => {
  const times = []
  const step = (now) => {
    times.push(now)
    window.scrollBy(0, ${pixelsPerFrame})
    if (times.length <= ${frames}) requestAnimationFrame(step)
    else resolve(times.slice(1).map((time, index) => time - times[index]))
  }
  requestAnimationFrame(step)
})`

export type Scrolling = { readonly framesPerSecond: number; readonly processorMs: number }

/** A list of so many experiments, scrolled from its top, while page after page arrives. */
export function measureScrolling(browser: Browser, rows: number): Promise<Scrolling> {
  return withList(browser, rows, scrollOnce)
}

/**
 * The same list once all of it has been read through its cursors: scrolled from its middle, and how many pages an event
 * has it read again there.
 */
export function measureLongList(browser: Browser, rows: number, repetitions: number) {
  return withList(browser, rows, async (page, service) => {
    await page.evaluate(readToEnd(rows))
    const { pages } = service.sent
    const scrolls: Scrolling[] = []
    for (let index = 0; index < repetitions; index++) {
      await page.evaluate('window.scrollTo(0, document.body.scrollHeight / 2)')
      await page.waitForTimeout(restMs)
      scrolls.push(await scrollOnce(page))
    }
    const before = service.sent.pages
    const subject = `experiments/${experiment(0).id}`
    const payload = { state: 'succeeded', previous: 'running' }
    const event = { id: 1, type: 'experiment.state', subject, payload, at: new Date().toISOString() }
    service.send('experiment.state', event, event.id)
    await page.waitForTimeout(eventMs)
    return { scrolls, pages, readAgain: service.sent.pages - before }
  })
}

async function withList<Result>(
  browser: Browser,
  rows: number,
  measure: (page: Page, service: StubService) => Promise<Result>,
): Promise<Result> {
  const service = await serveDashboard({ rows })
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${service.url}/experiments`)
  await page.waitForSelector('.list-row', { timeout: 120_000 })
  await page.waitForTimeout(restMs)
  const measured = await measure(page, service)
  await context.close()
  service.close()
  return measured
}

async function scrollOnce(page: Page): Promise<Scrolling> {
  const processorMs = await watchProcessor(await devToolsOf(page))
  const intervals = (await page.evaluate(scroll)) as number[]
  return { framesPerSecond: 1_000 / mean(intervals), processorMs: (await processorMs()) / intervals.length }
}

/** Scrolls to the end, frame by frame, until there is nothing more to read. */
const readToEnd = (rows: number): string => `new Promise((resolve, reject) => {
  const endMs = performance.now() + ${loadTimeoutMs}
  const step = () => {
    window.scrollTo(0, document.body.scrollHeight)
    if (document.querySelector('[role=table]')?.ariaRowCount === '${rows + 1}') resolve()
    else if (performance.now() > endMs) reject(new Error('The list was not read to its end'))
    else requestAnimationFrame(step)
  }
  step()
})`

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length
