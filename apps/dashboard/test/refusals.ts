import type { BrowserContext } from 'playwright-core'

/** Collects what the Content-Security-Policy refuses on any page of a browser context, in workers too. */
export function noteRefusals(context: BrowserContext, refusals: string[]): void {
  context.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refusals.push(`${message.page()?.url()}: ${message.text()}`)
  })
}
