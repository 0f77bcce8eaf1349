import type { BareBrowser } from './bare-browser.ts'
import { watchProcessor } from './processor-time.ts'
import { serveDashboard } from './serve-dashboard.ts'

/** As many as the page asks for first. */
const rows = 40

/** Reports to the server when the first row of the list has been painted, since the navigation began. */
const watchFirstRow = `new MutationObserver((_, observer) => {
  if (document.querySelector('.list-row') === null) return
  observer.disconnect()
  requestAnimationFrame(() => setTimeout(() => navigator.sendBeacon('/painted', String(performance.now()))))
}).observe(document, { childList: true, subtree: true })`

/** The list of experiments in a browser that has nothing stored, on a processor that is so many times slower. */
export async function measureFirstPage(browser: BareBrowser, { slowdown }: { readonly slowdown: number }) {
  const service = await serveDashboard({ rows })
  const page = await browser.open()
  await page.send('Page.enable')
  await page.send('Page.addScriptToEvaluateOnNewDocument', { source: watchFirstRow })
  await page.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const processorMs = await watchProcessor(page.send)
  await page.send('Page.navigate', { url: `${service.url}/experiments` })
  const measured = {
    paintedMs: await service.painted,
    processorMs: await processorMs(),
    scriptBytes: service.sent.scriptBytes,
  }
  await page.close()
  service.close()
  return measured
}
