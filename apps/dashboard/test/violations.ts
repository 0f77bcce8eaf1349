import axe from 'axe-core'
import type { Page } from 'playwright-core'

type Axe = { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }

const narrowWidth = 390
/** All rules that axe runs by itself, and the rule of WCAG 2.2 AA, which it does not. */
const everyRule = { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }
/** The rules that depend on the colour scheme. */
const colourRules = {
  resultTypes: ['violations'],
  runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
}

/**
 * What axe finds on the open page: everything in the light scheme on a desk and on a telephone, where nothing may stick
 * out, and the colours in the dark one.
 */
export async function violations(page: Page): Promise<string[]> {
  const found: string[] = []
  await page.emulateMedia({ colorScheme: 'dark' })
  found.push(...(await runAxe(page, colourRules)).map((fault) => `dark ${fault}`))
  await page.emulateMedia({ colorScheme: 'light' })
  found.push(...(await runAxe(page, everyRule)).map((fault) => `light ${fault}`))
  const desk = page.viewportSize()
  if (desk === null) throw new Error('the page has no size')
  if (desk.width === narrowWidth) return found
  await page.setViewportSize({ ...desk, width: narrowWidth })
  await drawnAgain(page)
  found.push(...(await overflows(page)), ...(await runAxe(page, everyRule)).map((fault) => `narrow ${fault}`))
  await page.setViewportSize(desk)
  await drawnAgain(page)
  return found
}

async function runAxe(page: Page, options: object): Promise<string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe.source)
  const { violations: all } = await page.evaluate(
    (given) => (globalThis as unknown as { axe: Axe }).axe.run(given),
    options,
  )
  return all.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

/** Charts that measure their width draw a frame later. */
const drawnAgain = (page: Page): Promise<unknown> =>
  page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))))',
  )

/** How wide the page is if it is wider than its window, and the deepest elements that make it so. */
function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const isScrolled = (element: Element): boolean =>
      element.parentElement !== null &&
      (getComputedStyle(element.parentElement).overflowX !== 'visible' || isScrolled(element.parentElement))
    const wide = [...document.body.querySelectorAll('*')].filter(
      (each) => each.getBoundingClientRect().right > clientWidth + 1 && !isScrolled(each),
    )
    const outermost = wide.filter((each) => each.parentElement === null || !wide.includes(each.parentElement))
    const described = outermost.slice(0, 3).map((each) => each.outerHTML.slice(0, 160))
    return [`narrow: the page is ${scrollWidth} wide: ${described.join(' ')}`]
  })
}
