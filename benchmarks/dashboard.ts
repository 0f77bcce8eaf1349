/**
 * The dashboard against its budgets, in Chromium: `npm run build -w @goalpost/dashboard`, then
 * `node benchmarks/dashboard.ts [rows] [steps]`. Prints the compressed scripts of the first page, the time until its first rows
 * are painted on a processor slowed to a quarter, frames per second while a long list is scrolled, and the time until curves are
 * painted after their data. Medians of several loads. Then what the memory grows by in an hour of live updates, sped up. Processor times are those of the page's main thread, which other programs on
 * the machine change less.
 */
import { loadavg } from 'node:os'
import { chromium } from 'playwright-core'
import { startBareBrowser } from './dashboard/bare-browser.ts'
import { measureCurves } from './dashboard/measure-curves.ts'
import { measureFirstPage } from './dashboard/measure-first-page.ts'
import { measureExperimentMemory, measureListMemory, type MemoryUse } from './dashboard/measure-memory.ts'
import { measureScrolling } from './dashboard/measure-scrolling.ts'

const rows = Number(process.argv[2] ?? 100_000)
const steps = Number(process.argv[3] ?? 10_000)
const repetitions = 5

const bare = await startBareBrowser()
const first = await repeat(() => measureFirstPage(bare, { slowdown: 4 }))
const unslowed = await repeat(() => measureFirstPage(bare, { slowdown: 1 }))
await bare.close()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const scrolls = await repeat(() => measureScrolling(browser, rows))
const curves = await repeat(() => measureCurves(browser, steps))
const hours = {
  'the list of experiments': await measureListMemory(browser),
  'an experiment with curves': await measureExperimentMemory(browser),
}
await browser.close()
console.table({
  'scripts of the first page, compressed (kB)': median(first.map(({ scriptBytes }) => scriptBytes)) / 1_000,
  'first rows painted, processor slowed to a quarter (ms)': median(first.map(({ paintedMs }) => paintedMs)),
  'first rows painted, not slowed (ms)': median(unslowed.map(({ paintedMs }) => paintedMs)),
  'processor time until then, not slowed (ms)': median(unslowed.map(({ processorMs }) => processorMs)),
  [`scrolling ${rows.toLocaleString('en-US')} rows (frames/s)`]: median(scrolls.map((each) => each.framesPerSecond)),
  'processor time for each frame (ms)': median(scrolls.map(({ processorMs }) => processorMs)),
  [`curves of ${(steps * 100).toLocaleString('en-US')} values painted after their data (ms)`]: median(
    curves.map(({ paintedMs }) => paintedMs),
  ),
  'processor time from data to curves (ms)': median(curves.map(({ processorMs }) => processorMs)),
})
console.table(Object.fromEntries(Object.entries(hours).map(([page, use]) => [page, hourRow(use)])))
console.log(`load ${loadavg()[0]?.toFixed(1)}`)

async function repeat<Result>(measure: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (let index = 0; index < repetitions; index++) results.push(await measure())
  return results
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

/** Megabytes of JavaScript after so many minutes, and nodes of the document at the end. */
function hourRow({ messages, samples }: MemoryUse) {
  const bytes = samples.map(({ minute, bytes: used }) => [`MB after ${minute} min`, Number((used / 1e6).toFixed(2))])
  return { messages, ...Object.fromEntries(bytes), nodes: samples.at(-1)?.nodes }
}
