import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { webhookSpec, type WebhookSpecInput } from '@goalpost/contracts'
import { formatSecret, mostAttempts, parseRanges, serviceActor } from '@goalpost/experiments'
import { createStore, migrate, type Store } from '@goalpost/store'
import { createLogger } from '@goalpost/telemetry'
import { createFakeClock, startTestDatabase, type FakeClock, type TestDatabase } from '@goalpost/testing'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliver, type DeliverSettings } from '../src/webhooks/deliver.ts'
import { createWebhookSender } from '../src/webhooks/webhook-sender.ts'

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string; readonly path: string }

const log = createLogger({ service: 'worker', level: 'silent' })
const local: DeliverSettings = { allowed: parseRanges('127.0.0.1'), timeoutMs: 500 }
const minuteMs = 60_000

let database: TestDatabase
let clock: FakeClock
let store: Store
let workspace: string
let receiver: Server
let received: Received[]
/** The status of each answer; the last one is repeated, null never answers. */
let answers: (number | null)[]

beforeEach(async () => {
  database = await startTestDatabase({ prepare: migrate })
  // Signatures have the real time, which the receiver compares with its own.
  clock = createFakeClock(new Date())
  store = createStore({ url: database.url, clock: clock.now, poolSize: 5 })
  workspace = await store.workspaces.ensure('main')
  received = []
  answers = [204]
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      received.push({ headers: request.headers, body, path: request.url ?? '' })
      const status = answers.length > 1 ? answers.shift() : answers[0]
      if (typeof status === 'number') response.writeHead(status, { location: '/elsewhere' }).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
})

afterEach(async () => {
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
  await store.close()
  await database.close()
})

const secretOf = (name: string): string => formatSecret(Buffer.from(name.padEnd(32, '.')))
const urlOf = (host = '127.0.0.1') => `http://${host}:${(receiver.address() as AddressInfo).port}/hook`

async function subscribe(change: Partial<WebhookSpecInput> = {}): Promise<void> {
  const spec = webhookSpec.parse({ name: 'own', url: urlOf(), ...change })
  await store.webhooks.create(workspace, { spec, secret: secretOf(spec.name) }, serviceActor)
}

/** Sends what is due, until nothing is. */
async function sendAll(settings: DeliverSettings = local): Promise<void> {
  const sender = createWebhookSender(
    { webhooks: store.webhooks, deliver: (claimed) => deliver(claimed, settings), log },
    () => undefined,
  )
  while ((await sender.send()) > 0) await sender.idle()
}

async function log1(name = 'own') {
  const page = await store.webhooks.deliveries(workspace, name, { limit: 100 })
  return page!.items
}
const only = async (name = 'own') => (await log1(name))[0]!

describe('a receiver', () => {
  it('verifies the signature of every message with the library of Standard Webhooks', async () => {
    await subscribe()
    await store.webhooks.test(workspace, 'own')
    await sendAll()
    const [{ headers, body }] = received as [Received]
    const verified = new Webhook(secretOf('own')).verify(body, headers as Record<string, string>)
    expect(verified).toMatchObject({ type: 'webhook.test', data: { subject: null } })
    expect(headers['webhook-id']).toBe((await only()).messageId)
    expect(() => new Webhook(secretOf('other')).verify(body, headers as Record<string, string>)).toThrow(/signature/)
    expect(() => new Webhook(secretOf('own')).verify(`${body} `, headers as Record<string, string>)).toThrow(
      /signature/,
    )
  })

  it('may use either secret for a day after a rotation', async () => {
    await subscribe()
    await store.webhooks.rotate(workspace, 'own', secretOf('new'), serviceActor)
    await store.webhooks.test(workspace, 'own')
    await sendAll()
    clock.advance(24 * 60 * minuteMs)
    await store.webhooks.test(workspace, 'own')
    await sendAll()
    const verifies = (secret: string, { body, headers }: Received) => {
      try {
        new Webhook(secretOf(secret)).verify(body, headers as Record<string, string>)
        return true
      } catch {
        return false
      }
    }
    expect(received.map((each) => [verifies('own', each), verifies('new', each)])).toEqual([
      [true, true],
      [false, true],
    ])
  })

  it('gets a text in the format of Slack', async () => {
    await subscribe({ format: 'slack' })
    await store.webhooks.test(workspace, 'own')
    await sendAll()
    expect(JSON.parse(received[0]!.body)).toEqual({ text: 'A test message from Goalpost' })
  })
})

describe('a delivery', () => {
  const attempt = async () => {
    await store.webhooks.test(workspace, 'own')
    await sendAll()
  }

  it('that was answered with 500 is repeated with the same id and body, later each time', async () => {
    await subscribe()
    answers = [500, 500, 204]
    await attempt()
    expect(await only()).toMatchObject({ state: 'pending', attempts: [{ number: 1, status: 500 }] })
    await sendAll()
    expect(received).toHaveLength(1)
    clock.advance(7_000)
    await sendAll()
    expect(received).toHaveLength(2)
    clock.advance(40_000)
    await sendAll()
    expect(await only()).toMatchObject({ state: 'delivered', nextAttemptAt: null })
    expect((await only()).attempts.map(({ status, error }) => [status, error])).toEqual([
      [500, 'the endpoint answered 500'],
      [500, 'the endpoint answered 500'],
      [204, null],
    ])
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(received.map(({ body }) => body)).size).toBe(1)
  })

  it('that was answered with 410 disables its webhook, and drops what waits', async () => {
    await subscribe()
    answers = [500]
    await attempt()
    answers = [410]
    await attempt()
    expect(await store.webhooks.get(workspace, 'own')).toMatchObject({
      state: 'disabled',
      disabledReason: 'the endpoint answered 410 Gone',
      pending: 0,
    })
    expect((await log1()).map(({ state }) => state)).toEqual(['failed', 'dropped'])
    expect(await store.webhooks.redeliver(workspace, 'own', (await only()).id)).toBe('disabled')
  })

  it('that fails for a day disables its webhook, unless that accepted something meanwhile', async () => {
    await subscribe()
    answers = [503]
    const failForADay = async () => {
      for (let count = 0; count < mostAttempts; count++) {
        await sendAll()
        clock.advance(11 * 60 * minuteMs)
      }
    }
    await store.webhooks.test(workspace, 'own')
    await sendAll()
    answers = [204, 503]
    await attempt()
    await failForADay()
    expect((await log1()).map(({ state }) => state)).toEqual(['delivered', 'failed'])
    expect((await log1())[1]!.attempts).toHaveLength(mostAttempts)
    expect((await store.webhooks.get(workspace, 'own'))?.state).toBe('active')
    await store.webhooks.test(workspace, 'own')
    await failForADay()
    expect((await store.webhooks.get(workspace, 'own'))?.disabledReason).toMatch(/nothing for a day.* answered 503/)
    await store.webhooks.enable(workspace, 'own', serviceActor)
    expect(await store.webhooks.redeliver(workspace, 'own', (await only()).id)).toBe('repeated')
    answers = [204]
    await sendAll()
    expect(await only()).toMatchObject({ state: 'delivered' })
  })

  it('to a server that never answers ends after the timeout, and delays no other webhook', async () => {
    await subscribe()
    await subscribe({ name: 'quick', url: urlOf('127.0.0.1').replace('/hook', '/quick') })
    answers = [null]
    for (let count = 0; count < 6; count++) await store.webhooks.test(workspace, 'own')
    const sender = createWebhookSender(
      { webhooks: store.webhooks, deliver: (claimed) => deliver(claimed, local), log },
      () => undefined,
    )
    expect(await sender.send()).toBe(4)
    await expect.poll(() => received.length).toBe(4)
    answers = [204]
    await store.webhooks.test(workspace, 'quick')
    expect(await sender.send()).toBe(1)
    await expect.poll(async () => (await only('quick')).state).toBe('delivered')
    await sender.idle()
    const errors = (await log1()).flatMap(({ attempts }) => attempts.map(({ error }) => error))
    expect(errors).toEqual(Array(4).fill('no answer within 0.5 s'))
  })

  it('follows no redirect', async () => {
    await subscribe()
    answers = [302]
    await attempt()
    expect(received.map(({ path }) => path)).toEqual(['/hook'])
    expect((await only()).attempts).toMatchObject([{ status: 302, error: expect.stringContaining('not followed') }])
  })

  it('of a worker that was killed is repeated by another with the same id, and its late outcome is ignored', async () => {
    await subscribe()
    await store.webhooks.test(workspace, 'own')
    const [lost] = await store.webhooks.claim({ limit: 5, perWebhook: 5, busy: [] })
    await deliver(lost!, local)
    await sendAll()
    expect(received).toHaveLength(1)
    clock.advance(31_000)
    await sendAll()
    expect(received).toHaveLength(2)
    expect(received[1]!.headers['webhook-id']).toBe(received[0]!.headers['webhook-id'])
    expect(await store.webhooks.settle(lost!, { status: 500, error: 'late', durationMs: 1 })).toBe(false)
    expect(await only()).toMatchObject({ state: 'delivered', attempts: [{ number: 1 }, { number: 2, error: null }] })
  })

  it('is taken by one of many workers', async () => {
    await subscribe()
    for (let count = 0; count < 10; count++) await store.webhooks.test(workspace, 'own')
    await Promise.all([sendAll(), sendAll(), sendAll(), sendAll()])
    const ids = received.map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(10)
    expect(new Set(ids).size).toBe(10)
  })
})

describe('an address', () => {
  const attemptAt = async (url: string, settings: DeliverSettings = { allowed: [], timeoutMs: 500 }) => {
    await subscribe({ url })
    await store.webhooks.test(workspace, 'own')
    await sendAll(settings)
    return (await only()).attempts[0]!.error
  }
  const port = () => (receiver.address() as AddressInfo).port

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:169.254.169.254]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://10.0.0.1/',
    'http://[fd00::1]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://0.0.0.0/',
    'http://224.0.0.1/',
    'http://100.100.100.200/',
  ])('that is not public is refused: %s', async (url) => {
    expect(await attemptAt(url)).toMatch(/^not sent: .* is not a public address/)
  })

  it('that is not public is refused behind a name too', async () => {
    expect(await attemptAt(`http://localhost:${port()}/`)).toMatch(/localhost is refused: .* \(loopback\)/)
    expect(received).toEqual([])
  })

  it('is the one that was checked: a name that resolves differently the second time gains nothing', async () => {
    // The first look-up gives an address where nothing answers, later ones this machine.
    let lookups = 0
    const resolve: DeliverSettings['resolve'] = (_hostname, _options, done) => {
      lookups += 1
      done(null, [{ address: lookups === 1 ? '192.88.98.1' : '127.0.0.1', family: 4 }])
    }
    const settings = { allowed: parseRanges('192.88.98.0/24'), timeoutMs: 500, resolve }
    expect(await attemptAt(`http://rebinding.example:${port()}/`, settings)).not.toBeNull()
    expect(lookups).toBe(1)
    expect(received).toEqual([])
    clock.advance(10_000)
    await sendAll(settings)
    expect((await only()).attempts[1]!.error).toMatch(/rebinding.example is refused: 127.0.0.1/)
    expect(received).toEqual([])
  })
})

describe('the events of a workspace', () => {
  it('reach each subscriber once, by its filter', async () => {
    await subscribe({ name: 'all' })
    await subscribe({ name: 'verdicts', events: ['verdict.changed'] })
    await subscribe({ name: 'group', events: ['experiment.*', 'experiment.created'] })
    const other = await store.workspaces.ensure('other')
    const { protocols } = await import('./drill-planner.ts')
    const { prepareExperiment } = await import('@goalpost/submission')
    const { engineFor } = await import('./drill-planner.ts')
    const spec = { apiVersion: 'goalpost/v1', protocol: 'drill', name: 'a <b> & c', seeds: 1 }
    const prepared = prepareExperiment(spec, { protocols, engineFor, saltHash: null })
    for (const each of [workspace, other])
      await store.experiments.create(each, { spec, ...prepared, idempotency: null })
    await sendAll()
    expect((await log1('all')).map(({ type }) => type)).toEqual(['experiment.created'])
    expect((await log1('group')).map(({ type, state }) => [type, state])).toEqual([['experiment.created', 'delivered']])
    expect(await log1('verdicts')).toEqual([])
    expect(received).toHaveLength(2)
    expect(JSON.parse(received[0]!.body)).toMatchObject({
      type: 'experiment.created',
      data: { subject: expect.stringMatching(/^experiments\//), experiment: { name: 'a <b> & c' } },
    })
    expect(await store.webhooks.delete(workspace, 'all', serviceActor)).toBe(true)
    expect(await store.webhooks.get(workspace, 'all')).toBeNull()
  })
})
