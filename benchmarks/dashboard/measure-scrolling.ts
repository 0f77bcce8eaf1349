import type { Browser } from 'playwright-core'
import { devToolsOf, watchProcessor } from './processor-time.ts'
import { serveDashboard } from './serve-dashboard.ts'

const frames = 120
const pixelsPerFrame = 400
/** After the first rows are shown, until the page has nothing more to do. */
const restMs = 1_000

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

/** A list of so many experiments, scrolled from its top. */
export async function measureScrolling(browser: Browser, rows: number) {
  const service = await serveDashboard({ rows })
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${service.url}/experiments`)
  await page.waitForSelector('.list-row', { timeout: 120_000 })
  await page.waitForTimeout(restMs)
  const processorMs = await watchProcessor(await devToolsOf(page))
  const intervals = (await page.evaluate(scroll)) as number[]
  const measured = { framesPerSecond: 1_000 / mean(intervals), processorMs: (await processorMs()) / intervals.length }
  await context.close()
  service.close()
  return measured
}

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length
