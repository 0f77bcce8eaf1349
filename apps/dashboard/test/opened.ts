import type { Client } from '@goalpost/client'
import type { Browser, Page } from 'playwright-core'

/** What journeys share: a service, and a browser that is signed in to it as its operator. */
export type Opened = {
  readonly url: string
  readonly client: Client
  readonly browser: Browser
  readonly page: Page
  /** An experiment that has ended. */
  readonly experimentId: string
  /** Of the service. */
  readonly dataFolder: string
}

/** A page of its own, signed in with a new key of that scope. */
export async function openAs({ url, client, browser }: Opened, scope: 'read' | 'manage'): Promise<Page> {
  const { secret } = await client.createKey({ name: `a key to ${scope}`, scope })
  const page = await (await browser.newContext()).newPage()
  await page.goto(url)
  await page.getByLabel('API key').fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  return page
}
