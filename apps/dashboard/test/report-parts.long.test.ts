import { existsSync } from 'node:fs'
import { exampleParts, partDocument } from '@goalpost/report-view/examples'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from './violations.ts'

/** Debian's; CI installs it where it may. Without one, there is no browser to test with. */
const executablePath = '/usr/bin/chromium'
const widths = [1440, 390]
const schemes = ['light', 'dark'] as const

let browser: Browser | undefined

beforeAll(async () => {
  if (existsSync(executablePath)) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
}, 60_000)
afterAll(() => browser?.close())

test.runIf(existsSync(executablePath)).each(Object.keys(exampleParts))(
  '%s fits on a desk and on a telephone and can be read by all, in both colour schemes',
  { timeout: 60_000 },
  async (name) => {
    const part = exampleParts[name]
    if (part === undefined || browser === undefined) throw new Error(`There is no example ${name}, or no browser`)
    const found: string[] = []
    for (const colorScheme of schemes) {
      const page = await browser.newPage({ colorScheme })
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 })
        await page.setContent(partDocument(name, part))
        found.push(...(await faultsOf(page)).map((fault) => `${colorScheme} ${width}: ${fault}`))
      }
      if (colorScheme === 'light') found.push(...(await violations(page)))
      await page.close()
    }
    expect(found).toEqual([])
  },
)

const faulty = `<!doctype html><html lang="en"><title>Faulty</title><meta name="viewport" content="width=device-width">
<style>:root { color-scheme: light dark } button { width: 12px; height: 12px; padding: 0; border: 0 }
@media (prefers-color-scheme: dark) { p { color: #333; background: #222 } }</style>
<main><h1>Faulty</h1><p>Pale in the dark</p><div style="width: 500px">wide</div>
<button aria-label="a"></button><button aria-label="b"></button></main></html>`

test.runIf(existsSync(executablePath))('small targets, wide pages and pale texts in the dark are found', async () => {
  if (browser === undefined) throw new Error('There is no browser')
  const page = await browser.newPage()
  await page.setContent(faulty)
  const found = await violations(page)
  for (const fault of ['light target-size', 'narrow target-size', 'narrow: the page is', 'dark color-contrast'])
    expect(found.filter((text) => text.startsWith(fault))).toHaveLength(1)
  await page.close()
})

/** What sticks out of the page, has no size, is cut off, or has the colour of the page. */
function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    const faults = scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide`] : []
    const describe = (element: Element): string => element.outerHTML.slice(0, 80)
    for (const element of document.querySelectorAll('main svg, main img')) {
      const { width, height } = element.getBoundingClientRect()
      const isHidden = getComputedStyle(element).display === 'none'
      if (!isHidden && (width === 0 || height === 0)) faults.push(`has no size: ${describe(element)}`)
    }
    const paper = getComputedStyle(document.body).backgroundColor
    for (const element of document.querySelectorAll('main p, main h3, main td, main dt, main dd, main figcaption'))
      if (getComputedStyle(element).color === paper) faults.push(`cannot be seen: ${describe(element)}`)
    for (const text of document.querySelectorAll('main svg text')) {
      const around = text.closest('svg')?.getBoundingClientRect()
      const { left, right, width } = text.getBoundingClientRect()
      if (around === undefined || width === 0) continue
      if (left < around.left - 1 || right > around.right + 1) faults.push(`is cut off: ${describe(text)}`)
    }
    return faults
  })
}
