/**
 * The dashboard against its budgets, in Chromium: `npm run build -w @goalpost/dashboard`, then
 * `node benchmarks/dashboard.ts [rows]`. Prints the compressed scripts of the first page, the time until its first rows
 * are painted on a processor slowed to a quarter, and frames per second and processor time while a long list is scrolled. Medians of
 * several loads.
 */
import { loadavg } from 'node:os'
import { chromium, type Browser, type CDPSession } from 'playwright-core'
import { serveDashboard } from './dashboard/serve-dashboard.ts'

const rows = Number(process.argv[2] ?? 100_000)
const firstPage = 100
const repetitions = 3
const slowdown = 4
const frames = 120
const pixelsPerFrame = 400

/** Sets `rowsPaintedMs`: when the first row of the list has been painted, since the navigation began. */
const watchFirstRow = `new MutationObserver((_, observer) => {
  if (document.querySelector('.list-row') === null) return
  observer.disconnect()
  requestAnimationFrame(() => setTimeout(() => { globalThis.rowsPaintedMs = performance.now() }))
}).observe(document, { childList: true, subtree: true })`

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

async function measureFirstPage(browser: Browser): Promise<{ paintedMs: number; scriptBytes: number }> {
  const service = await serveDashboard(firstPage)
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.addInitScript(watchFirstRow)
  const devTools = await context.newCDPSession(page)
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.goto(`${service.url}/experiments`)
  await page.waitForFunction('globalThis.rowsPaintedMs !== undefined')
  const paintedMs = Number(await page.evaluate('globalThis.rowsPaintedMs'))
  await context.close()
  service.close()
  return { paintedMs, scriptBytes: service.sent.scriptBytes }
}

type Scrolling = { readonly framesPerSecond: number; readonly processorMs: number }

/** `processorMs`: of the page's main thread for each frame, which other programs on the machine do not change. */
async function measureScrolling(browser: Browser): Promise<Scrolling> {
  const service = await serveDashboard(rows)
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${service.url}/experiments`)
  await page.waitForSelector('.list-row', { timeout: 120_000 })
  const devTools = await context.newCDPSession(page)
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await taskSeconds(devTools)
  const intervals = (await page.evaluate(scroll)) as number[]
  const processorMs = (1_000 * ((await taskSeconds(devTools)) - before)) / intervals.length
  await context.close()
  service.close()
  const total = intervals.reduce((sum, each) => sum + each, 0)
  return { framesPerSecond: (1_000 * intervals.length) / total, processorMs }
}

async function taskSeconds(devTools: CDPSession): Promise<number> {
  const { metrics } = await devTools.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

async function repeat<Result>(measure: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (let index = 0; index < repetitions; index++) results.push(await measure())
  return results
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const first = await repeat(() => measureFirstPage(browser))
const scrolls = await repeat(() => measureScrolling(browser))
await browser.close()
console.table({
  'scripts of the first page, compressed (kB)': median(first.map(({ scriptBytes }) => scriptBytes)) / 1_000,
  [`first rows painted, processor slowed ${slowdown}× (ms)`]: median(first.map(({ paintedMs }) => paintedMs)),
  [`scrolling ${rows.toLocaleString('en-US')} rows (frames/s)`]: median(
    scrolls.map(({ framesPerSecond }) => framesPerSecond),
  ),
  'processor time of the main thread for each frame (ms)': median(scrolls.map(({ processorMs }) => processorMs)),
})
console.log(`load ${loadavg()[0]?.toFixed(1)}`)
