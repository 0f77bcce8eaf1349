import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { exampleParts, partDocument } from '@goalpost/report-view/examples'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { differingPixels } from './differing-pixels.ts'
import { drawTextAsBlocks } from './text-as-blocks.ts'

/** Debian's; CI installs it where it may. Without one, there is no browser to test with. */
const executablePath = '/usr/bin/chromium'
const pins = path.join(import.meta.dirname, 'pins')
/** `UPDATE_PINS=1` rewrites the pictures: look at them before you commit them. */
const isUpdate = process.env['UPDATE_PINS'] === '1'
/** A dot of a chart has more. */
const mostDiffering = 20
const looks = [
  { name: 'wide-light', width: 760, colorScheme: 'light' },
  { name: 'narrow-dark', width: 390, colorScheme: 'dark' },
] as const

let browser: Browser
let blank: Page

beforeAll(async () => {
  if (!existsSync(executablePath)) return
  // Without a profile and smoothing of the machine that it runs on.
  const args = ['--no-sandbox', '--force-color-profile=srgb', '--disable-lcd-text', '--hide-scrollbars']
  browser = await chromium.launch({ executablePath, args })
  blank = await browser.newPage()
}, 60_000)
afterAll(() => browser?.close())

async function pictureOf(
  name: string,
  { width, colorScheme }: (typeof looks)[number],
  part = exampleParts[name],
): Promise<Buffer> {
  if (part === undefined) throw new Error(`There is no example ${name}`)
  const viewport = { width, height: 900 }
  const page = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: 1, bypassCSP: true })
  await page.setContent(partDocument(name, part))
  await page.evaluate(drawTextAsBlocks)
  const picture = await page.locator('main').screenshot({ animations: 'disabled' })
  await page.close()
  return picture
}

async function keep(folder: string, name: string, picture: Buffer): Promise<string> {
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, `${name}.png`)
  await writeFile(file, picture)
  return file
}

test.runIf(existsSync(executablePath)).each(Object.keys(exampleParts))(
  '%s looks as it did: its colours, sizes, places and line breaks',
  async (part) => {
    for (const look of looks) {
      const name = `${part}-${look.name}`
      const picture = await pictureOf(part, look)
      if (isUpdate) await keep(pins, name, picture)
      const pinned = await readFile(path.join(pins, `${name}.png`))
      const differing = await differingPixels(blank, pinned, picture)
      if (differing <= mostDiffering) continue
      const file = await keep(await mkdtemp(path.join(tmpdir(), 'goalpost-pictures-')), name, picture)
      expect.fail(`${differing} pixels differ from pins/${name}.png. Now it looks like ${file}. ${howToUpdate}`)
    }
  },
)

const howToUpdate = 'If that is meant: UPDATE_PINS=1 with this test, and look at the pictures.'

test.runIf(existsSync(executablePath))('a part that is drawn otherwise is noticed', async () => {
  const [look] = looks
  const before = await pictureOf('distribution', look)
  expect(await differingPixels(blank, before, await pictureOf('distribution', look))).toBe(0)
  const part = exampleParts['distribution']
  if (part?.type !== 'distribution') throw new Error('The example is of another kind')
  const [first, ...others] = part.groups
  const [dot, ...dots] = first?.values ?? []
  if (first === undefined || dot === undefined) throw new Error('The example has no dots')
  const moved = { ...part, groups: [{ ...first, values: [{ ...dot, value: 0.3 }, ...dots] }, ...others] }
  const after = await pictureOf('distribution', look, moved)
  expect(await differingPixels(blank, before, after)).toBeGreaterThan(mostDiffering)
})
