/**
 * Takes a picture of every page of a running service's dashboard, on a desk and on a telephone, in both colour schemes:
 *
 *     node scripts/dashboard-pictures.ts --url http://127.0.0.1:7433 --key-from-env GOALPOST_API_KEY --out /tmp/pictures
 *
 * Prints the errors that pages show. Pages of things that the service does not have are left out. Needs
 * Chromium: `--browser` names it, default /usr/bin/chromium.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { createClient, type Client } from '@goalpost/client'
import { samplesMediaType } from '@goalpost/contracts'
import { chromium, type Browser, type BrowserContext } from 'playwright-core'

const widths = [1440, 390]
const schemes = ['light', 'dark'] as const
/** What pages show while they wait for an answer. */
const underWay = /^(Loading|Comparing|Looking|Putting).*…$/
/** For what is drawn after the answers. */
const settleMs = 800
/** Longer ones are cut. */
const mostHeight = 6_000

type Place = { readonly name: string; readonly path: string }

const fixed: readonly Place[] = [
  { name: 'experiments', path: '/experiments' },
  { name: 'compare-empty', path: '/compare' },
  { name: 'league', path: '/league' },
  { name: 'submit', path: '/submit' },
  { name: 'models', path: '/models' },
  { name: 'gates', path: '/gates' },
  { name: 'fleet', path: '/fleet' },
  { name: 'catalogue', path: '/catalogue' },
  { name: 'environment', path: '/catalogue/rl-shift/corner' },
  ...['keys', 'members', 'webhooks', 'usage', 'audit', 'workspaces'].map((name) => ({
    name,
    path: `/administration/${name}`,
  })),
  { name: 'missing', path: '/nothing-here' },
]

/** Shown to those who have not signed in. */
const outside: readonly Place[] = [
  { name: 'sign-in', path: '/sign-in' },
  { name: 'join', path: '/join#gi_none' },
]

/** Pages of the newest finished experiment of each protocol, of those with several conditions if there are any. */
async function experimentPlaces(client: Client): Promise<Place[]> {
  const { items } = await client.experiments({ state: 'succeeded', limit: 100 })
  const severalFirst = items.toSorted((a, b) => Number(b.conditions > 1) - Number(a.conditions > 1))
  const newest = new Map(severalFirst.toReversed().map(({ protocol, id }) => [protocol, id]))
  const places = await Promise.all([...newest].map(([protocol, id]) => placesOf(client, protocol, id)))
  return places.flat()
}

async function placesOf(client: Client, protocol: string, id: string): Promise<Place[]> {
  const { runs } = await client.experiment(id)
  const [run] = runs
  if (run === undefined) return []
  const tasks = await Promise.all(run.tasks.map((task) => client.task(task.id)))
  const read = tasks.find(({ result }) => result?.artifacts.some(({ mediaType }) => mediaType === samplesMediaType))
  const task = read ?? tasks[0]
  const { tools } = await client.protocol(protocol)
  const search = `condition=${encodeURIComponent(run.condition)}&seed=${run.seed}`
  return [
    { name: `${protocol}-experiment`, path: `/experiments/${id}` },
    { name: `${protocol}-report`, path: `/v1/experiments/${id}/report.html` },
    { name: `${protocol}-run`, path: `/runs/${run.id}` },
    { name: `${protocol}-compare`, path: `/compare?arms=${encodeURIComponent(JSON.stringify([id]))}` },
    ...(task === undefined ? [] : [{ name: `${protocol}-task`, path: `/tasks/${task.id}` }]),
    ...(tools.some(({ name }) => name === 'replay')
      ? [{ name: `${protocol}-replay`, path: `/experiments/${id}/replay?${search}` }]
      : []),
  ]
}

/** A level of a suite that the first protocol that can draws. */
async function levelPlaces(client: Client): Promise<Place[]> {
  const { items } = await client.protocols()
  const group = 'levels'
  const able = items.find(({ tools }) => tools.some((tool) => tool.group === group && tool.name === 'sample'))
  if (able === undefined) return []
  const { data } = await client.useTool(
    { protocol: able.name, group, tool: 'sample' },
    { environment: 'corner', count: 2 },
  )
  const { suite } = data
  return typeof suite === 'string' ? [{ name: 'level', path: `/levels/${suite}` }] : []
}

/** The first model and the first gate. */
async function modelPlaces(client: Client): Promise<Place[]> {
  const [{ items: models }, { items: gates }] = await Promise.all([client.models(), client.gates()])
  const first = (kind: string, items: readonly { readonly name: string }[]) =>
    items.slice(0, 1).map(({ name }) => ({ name: kind, path: `/${kind}s/${encodeURIComponent(name)}` }))
  return [...first('model', models), ...first('gate', gates)]
}

type Camera = { readonly url: string; readonly out: string }

async function takePictures(context: BrowserContext, places: readonly Place[], { url, out }: Camera): Promise<void> {
  const page = await context.newPage()
  for (const { name, path: address } of places) {
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(url + address)
    await page.locator('h1').first().waitFor()
    await page.getByText(underWay).first().waitFor({ state: 'detached' })
    await page.waitForTimeout(settleMs)
    for (const alert of await page.getByRole('alert').allInnerTexts()) console.log(`${name}: ${alert}`)
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      const height = Math.min(mostHeight, await page.evaluate<number>('document.documentElement.scrollHeight'))
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme })
        await page.waitForTimeout(100)
        const file = path.join(out, `${name}-${width}-${colorScheme}.png`)
        await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0, width, height } })
      }
    }
  }
  await page.close()
}

async function signIn(browser: Browser, url: string, client: Client): Promise<BrowserContext> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(url + (await client.createSignInLink()).path)
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  await page.close()
  return context
}

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    'key-from-env': { type: 'string', default: 'GOALPOST_API_KEY' },
    out: { type: 'string' },
    browser: { type: 'string', default: '/usr/bin/chromium' },
  },
})
const apiKey = process.env[values['key-from-env']]
if (values.url === undefined || values.out === undefined || apiKey === undefined) {
  console.error('usage: node scripts/dashboard-pictures.ts --url URL --key-from-env VARIABLE --out DIR')
  process.exit(2)
}
const camera: Camera = { url: values.url, out: values.out }
mkdirSync(camera.out, { recursive: true })
const client = createClient({ baseUrl: camera.url, apiKey })
const browser = await chromium.launch({ executablePath: values.browser, args: ['--no-sandbox'] })
try {
  await takePictures(await browser.newContext(), outside, camera)
  const places = [
    ...fixed,
    ...(await experimentPlaces(client)),
    ...(await modelPlaces(client)),
    ...(await levelPlaces(client)),
  ]
  await takePictures(await signIn(browser, camera.url, client), places, camera)
} finally {
  await browser.close()
}
