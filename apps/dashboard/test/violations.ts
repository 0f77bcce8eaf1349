import axe from 'axe-core'
import type { Page } from 'playwright-core'

type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }

/** What axe finds on the open page, in both colour schemes. */
export async function violations(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.evaluate(axe.source)
    const { violations: all } = await page.evaluate(() => (globalThis as unknown as { axe: Axe }).axe.run())
    found.push(...all.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes[0]?.html}`))
  }
  return found
}
