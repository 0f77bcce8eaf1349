import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient, type Client } from '@goalpost/client'
import { freePort, startPostgresServer, startTraceCollector } from '@goalpost/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { waitUntil } from '../embedded.ts'
import { startEcho } from './provider.ts'
import { findCanaries, readDatabase, readEnvironments, readFolder, type Texts } from './search.ts'
import { startProgram, type RunningProgram } from './start-program.ts'

/**
 * A service whose secrets are marked runs an experiment, delivers to a webhook, signs people in, refuses wrong requests
 * and loses its database. Afterwards no secret stands in what it has written anywhere: logs, traces, answers to
 * requests that it refused, rows and files.
 */
const mark = () => randomBytes(24).toString('hex')
const canaries: Record<string, string> = {
  'bootstrap key': `gp_${mark()}`,
  'database password': mark(),
  salt: mark(),
  'secret of receipts': mark(),
  'metrics token': mark(),
  'secret of the sign-in client': mark(),
  'header for the collector': mark(),
  'wrong key': `gp_${mark()}`,
  'wrong token': mark(),
  'code of a sign-in': mark(),
  'path of a webhook': mark(),
}
const root = path.resolve(import.meta.dirname, '../..')
const opened = new AsyncDisposableStack()
const programs: RunningProgram[] = []
/** Answers to requests that were refused. */
const refusals: string[] = []
let client: Client
let baseUrl: string
let folder: string
let database: { readonly url: string; stop(): Promise<void> }
let collector: Awaited<ReturnType<typeof startTraceCollector>>
let echo: Awaited<ReturnType<typeof startEcho>>
let environment: Readonly<Record<string, string>>

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'goalpost-canaries-'))
  opened.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }))
  const postgres = await startPostgresServer()
  opened.defer(() => postgres.close())
  collector = await startTraceCollector()
  opened.defer(() => collector.close())
  echo = await startEcho()
  opened.defer(() => echo.close())
  const url = new URL(postgres.url('postgres'))
  url.password = canaries['database password']!
  database = { url: url.href, stop: () => postgres.stop() }
  const port = String(await freePort())
  baseUrl = `http://127.0.0.1:${port}`
  environment = {
    DATABASE_URL: url.href,
    ARTIFACTS_URL: pathToFileURL(folder).href,
    GOALPOST_SUITE_SALT: canaries['salt']!,
    GOALPOST_WEBHOOK_ALLOW: '127.0.0.1',
    GOALPOST_LOG_LEVEL: 'debug',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=${canaries['header for the collector']}`,
  }
  const ofApi = {
    PORT: port,
    GOALPOST_BOOTSTRAP_KEY: canaries['bootstrap key']!,
    GOALPOST_RECEIPT_SECRET: canaries['secret of receipts']!,
    GOALPOST_METRICS_TOKEN: canaries['metrics token']!,
    GOALPOST_PUBLIC_URL: baseUrl,
    GOALPOST_OIDC_ISSUER: echo.url,
    GOALPOST_OIDC_CLIENT_ID: 'goalpost',
    GOALPOST_OIDC_CLIENT_SECRET: canaries['secret of the sign-in client']!,
  }
  start('apps/api/src/main.ts', { ...environment, ...ofApi })
  client = createClient({ baseUrl, apiKey: canaries['bootstrap key']! })
  await vi.waitFor(() => client.ready(), { timeout: 60_000, interval: 200 })
  start('apps/worker/src/main.ts', environment)
}, 90_000)
afterAll(() => opened.disposeAsync(), 60_000)

function start(file: string, variables: Readonly<Record<string, string>>): RunningProgram {
  const program = startProgram(file, variables)
  programs.push(program)
  opened.defer(() => program.stop())
  return program
}

/** Sends a request that must be refused, and keeps the answer. */
async function refused(status: number, url: string, init: RequestInit = {}): Promise<void> {
  const response = await fetch(baseUrl + url, { redirect: 'manual', ...init })
  const text = `${JSON.stringify([...response.headers])} ${await response.text()}`
  expect([url.split('?')[0], response.status, text]).toEqual([url.split('?')[0], status, text])
  refusals.push(text)
}

const posted = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/json', ...headers },
})
const authorized = () => ({ authorization: `Bearer ${canaries['bootstrap key']}` })

test('a service whose secrets are marked does all that it does with them', { timeout: 150_000 }, async () => {
  const created = await client.createKey({ name: 'worker of the lab', scope: 'manage' })
  const rotated = await client.rotateKey(created.key.id, { graceHours: 1 })
  canaries['secret of a key'] = created.secret
  canaries['secret of a rotated key'] = rotated.secret
  const invitation = await client.invite({ name: 'guest' })
  canaries['token of an invitation'] = invitation.token
  const webhook = await client.createWebhook({
    name: 'echo',
    url: `${echo.url}/${canaries['path of a webhook']}`,
    events: ['experiment.*'],
  })
  canaries['secret of a webhook'] = webhook.secret
  canaries['rotated secret of a webhook'] = (await client.rotateWebhook('echo')).secret
  canaries['token of a sign-in link'] = (await client.createSignInLink()).token
  const signedIn = await fetch(`${baseUrl}/v1/session`, posted(JSON.stringify({ apiKey: rotated.secret })))
  canaries['session'] = /goalpost_session=([^;]+)/.exec(signedIn.headers.get('set-cookie') ?? '')?.[1] ?? ''
  expect(canaries['session'].length).toBeGreaterThan(30)

  const { experiment } = await client.submit(await readFile(path.join(root, 'examples/secret.yaml'), 'utf8'))
  const ended = async () => (await client.experiment(experiment.id)).state === 'succeeded'
  await waitUntil('the experiment has succeeded', ended, 120_000, 500)
  const attempted = async () =>
    (await client.webhookDeliveries('echo')).items.some(({ attempts }) => attempts.some((each) => each.status === 401))
  await waitUntil('the webhook was called', attempted, 60_000, 500)
  await refuseAll()
  const inherited = await readEnvironments(programs[1]!.pid!)
  expect(findCanaries(canaries, inherited)).toEqual([])
  expect(inherited.size).toBeGreaterThan(0)
  const metrics = await fetch(`${baseUrl}/metrics`, {
    headers: { authorization: `Bearer ${canaries['metrics token']}` },
  })
  expect(metrics.status).toBe(200)
})

async function refuseAll(): Promise<void> {
  const wrong = canaries['wrong key']!
  await refused(401, '/v1/experiments', { headers: { authorization: `Bearer ${wrong}` } })
  await refused(401, `/v1/experiments?apiKey=${wrong}`)
  await refused(401, '/v1/session', posted(JSON.stringify({ apiKey: wrong })))
  await refused(400, '/v1/session', posted(`{"apiKey": "${wrong}", "key": "${canaries['bootstrap key']}"}`))
  await refused(400, '/v1/session', posted(`{"apiKey": "${wrong}"`))
  await refused(401, '/v1/session', posted(JSON.stringify({ token: canaries['wrong token'] })))
  await refused(401, '/v1/invitations/accept', posted(JSON.stringify({ token: canaries['wrong token'] })))
  const address = (scheme: string) =>
    `{"name": "x", "url": "${scheme}://10.1.2.3/${canaries['path of a webhook']}", "events": ["*"]}`
  await refused(422, '/v1/webhooks', posted(address('http'), authorized()))
  // These show their sender what is wrong; the log must not.
  expect((await fetch(`${baseUrl}/v1/webhooks`, posted(address('ftp'), authorized()))).status).toBe(400)
  const query = `limit=${canaries['wrong token']}`
  expect((await fetch(`${baseUrl}/v1/webhooks?${query}`, { headers: authorized() })).status).toBe(400)
  const begun = await fetch(`${baseUrl}/v1/oidc/sign-in`, { redirect: 'manual' })
  const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state')
  const cookie = (begun.headers.get('set-cookie') ?? '').split(';')[0]!
  // A client that the provider refuses is a fault of the configuration.
  await refused(500, `/v1/oidc/callback?code=${canaries['code of a sign-in']}&state=${state}`, { headers: { cookie } })
}

test('also programs that cannot start, and without the database, say no secret', { timeout: 90_000 }, async () => {
  const elsewhere = new URL(database.url)
  elsewhere.port = '1'
  for (const url of [elsewhere.href, `postgresql//x:${canaries['database password']}@nowhere`]) {
    const variables = { ...environment, DATABASE_URL: url, GOALPOST_DATABASE_WAIT_MS: '1000', PORT: '0' }
    for (const file of ['apps/api/src/main.ts', 'apps/worker/src/main.ts'])
      expect(await start(file, variables).ended, `${file}: ${programs.at(-1)?.output()}`).not.toBe(0)
  }
  rows = await readDatabase(database.url)
  await database.stop()
  await refused(503, '/v1/experiments', { headers: authorized() })
  const isNoticed = () => programs[1]!.output().includes('cannot be reached')
  await waitUntil('the worker has noticed', async () => isNoticed(), 30_000, 200)
})

let rows: Texts

test('secrets of webhooks are stored, to sign with, and nothing else is anywhere', async () => {
  for (const program of programs) await program.stop()
  // The search finds what is there, and the secrets were used.
  expect(findCanaries(canaries, new Map([['what was sent', echo.received.join('\n')]]))).toEqual([
    'code of a sign-in in what was sent',
    'path of a webhook in what was sent',
    'secret of the sign-in client in what was sent',
  ])
  expect(JSON.stringify(collector.headers())).toContain(canaries['header for the collector'])
  expect(findCanaries(canaries, rows)).toEqual([
    'path of a webhook in webhooks.url',
    'rotated secret of a webhook in webhooks.secret',
    'secret of a webhook in webhooks.previous_secret',
  ])
  const outputs = programs.map((program, index) => [`output of program ${index}`, program.output()] as const)
  expect(outputs[0]![1].length + outputs[1]![1].length).toBeGreaterThan(5_000)
  expect(collector.spans.length).toBeGreaterThan(20)
  expect(refusals).toHaveLength(10)
  const texts = new Map([
    ...outputs,
    ['traces', JSON.stringify(collector.spans)],
    ...refusals.map((text, index) => [`refusal ${index}`, text] as const),
    ...(await readFolder(folder)),
  ])
  expect(findCanaries(canaries, texts)).toEqual([])
})
