import type { Browser } from 'playwright-core'
import { devToolsOf, watchProcessor } from './processor-time.ts'
import { serveDashboard } from './serve-dashboard.ts'
import { curveExperiment } from './stub-data.ts'

/**
 * Holds the results back, once they are read from the network, until the rest of the page rests; then sets `paintedMs`: the
 * time until the first chart is painted.
 */
const watchCurves = `{
  const read = Response.prototype.json
  let startMs
  Response.prototype.json = async function () {
    const value = await read.call(this)
    if (!this.url.includes('/results')) return value
    await resultsRead()
    startMs = performance.now()
    return value
  }
  new MutationObserver((_, observer) => {
    if (document.querySelector('.curve-chart canvas') === null) return
    observer.disconnect()
    requestAnimationFrame(() => setTimeout(() => { globalThis.paintedMs = performance.now() - startMs }))
  }).observe(document, { childList: true, subtree: true })
}`
const restMs = 500

/** Curves of a measure with so many steps in 5 conditions of 20 seeds. */
export async function measureCurves(browser: Browser, steps: number) {
  const service = await serveDashboard({ steps })
  const context = await browser.newContext()
  const page = await context.newPage()
  let processorMs = (): Promise<number> => Promise.resolve(Number.NaN)
  await page.exposeFunction('resultsRead', async () => {
    await page.waitForTimeout(restMs)
    processorMs = await watchProcessor(await devToolsOf(page))
  })
  await page.addInitScript(watchCurves)
  await page.goto(`${service.url}/experiments/${curveExperiment.id}`)
  await page.waitForFunction(() => 'paintedMs' in globalThis, undefined, { timeout: 120_000 })
  const measured = {
    processorMs: await processorMs(),
    paintedMs: Number(await page.evaluate('globalThis.paintedMs')),
  }
  await context.close()
  service.close()
  return measured
}
