import type { Client } from '@goalpost/client'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { noteRefusals } from './refusals.ts'

/** What journeys share: a service, and a browser that is signed in to it as its operator. */
export type Opened = {
  readonly url: string
  readonly client: Client
  readonly browser: Browser
  readonly page: Page
  /** An experiment that has ended. */
  readonly experimentId: string
  /** An experiment whose tasks store samples, one with a grid of two options, and one of CoinRun: they have ended when they can. */
  readonly small: { readonly samples: string; readonly grid: string; readonly coinrun: string }
  /** What the Content-Security-Policy has refused since the last journey. */
  readonly refusals: string[]
  /** Of the service. */
  readonly dataFolder: string
  /** The service starts it again. */
  killApi(): Promise<void>
}

/** A browser of its own, in which nobody has signed in. */
export async function openContext({
  browser,
  refusals,
}: Pick<Opened, 'browser' | 'refusals'>): Promise<BrowserContext> {
  const context = await browser.newContext()
  noteRefusals(context, refusals)
  return context
}

/** A page of its own, signed in with a new key of that scope. */
export async function openAs(opened: Opened, scope: 'read' | 'manage'): Promise<Page> {
  const { secret } = await opened.client.createKey({ name: `a key to ${scope}`, scope })
  const page = await (await openContext(opened)).newPage()
  await page.goto(opened.url)
  await page.getByLabel('API key').fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  return page
}
