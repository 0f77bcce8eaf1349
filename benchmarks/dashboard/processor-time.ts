import type { Page } from 'playwright-core'
import type { Send } from './bare-browser.ts'

/** Milliseconds of processor that the page's main thread has used for tasks since this was called. */
export async function watchProcessor(send: Send): Promise<() => Promise<number>> {
  await send('Performance.enable', { timeDomain: 'threadTicks' })
  const read = async (): Promise<number> => {
    const { metrics } = (await send('Performance.getMetrics')) as { metrics: readonly Metric[] }
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
  }
  const before = await read()
  return async () => (await read()) - before
}

type Metric = { readonly name: string; readonly value: number }

/** The DevTools Protocol of Playwright's page. */
export async function devToolsOf(page: Page): Promise<Send> {
  const session = await page.context().newCDPSession(page)
  return session.send.bind(session) as Send
}
