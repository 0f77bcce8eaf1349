import type { Browser } from 'playwright-core'
import { watchProcessor } from './processor-time.ts'
import { serveDashboard } from './serve-dashboard.ts'

const rows = 100

/** Sets `paintedMs`: when the first row of the list has been painted, since the navigation began. */
const watchFirstRow = `new MutationObserver((_, observer) => {
  if (document.querySelector('.list-row') === null) return
  observer.disconnect()
  requestAnimationFrame(() => setTimeout(() => { globalThis.paintedMs = performance.now() }))
}).observe(document, { childList: true, subtree: true })`

/** The list of experiments in a browser that has nothing stored, on a processor that is so many times slower. */
export async function measureFirstPage(browser: Browser, { slowdown }: { readonly slowdown: number }) {
  const service = await serveDashboard({ rows })
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.addInitScript(watchFirstRow)
  const devTools = await context.newCDPSession(page)
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const processorMs = await watchProcessor(page)
  await page.goto(`${service.url}/experiments`)
  await page.waitForFunction(() => 'paintedMs' in globalThis)
  const measured = {
    processorMs: await processorMs(),
    paintedMs: Number(await page.evaluate('globalThis.paintedMs')),
    scriptBytes: service.sent.scriptBytes,
  }
  await context.close()
  service.close()
  return measured
}
