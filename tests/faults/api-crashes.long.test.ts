import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Client } from '@goalpost/client'
import { migrate } from '@goalpost/store'
import { startTestDatabase, type TestDatabase } from '@goalpost/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiKey, startApi, type ApiProcess } from './api-process.ts'
import { openInvariants, type Invariants } from './invariants.ts'
import { startGateway, type Gateway } from './statement-gateway.ts'

/**
 * SIGKILL of the API at the commit of each sort of change: before it, or after it and before the client gets an answer.
 * The client repeats the request at the next process. It has been made once, and the invariants hold.
 */
const moments = ['before', 'after'] as const

let database: TestDatabase
let folder: string
let gateway: Gateway
let invariants: Invariants
let api: ApiProcess
let url: string

beforeAll(async () => {
  database = await startTestDatabase({ prepare: migrate })
  folder = await mkdtemp(join(tmpdir(), 'goalpost-api-crashes-'))
  const direct = new URL(database.url)
  gateway = await startGateway({ host: direct.hostname, port: Number(direct.port) })
  direct.port = String(gateway.port)
  url = direct.href
  // No worker runs, so no task has a file.
  invariants = await openInvariants(database.url, () => Promise.reject(new Error('there are no files')))
  api = await start()
})
afterAll(async () => {
  api.signal('SIGKILL')
  await api.ended
  await gateway.close()
  await invariants.close()
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const start = () => startApi({ DATABASE_URL: url, ARTIFACTS_URL: pathToFileURL(folder).href })

const spec = (name: string) => ({ apiVersion: 'goalpost/v1', protocol: 'goodhart', name, seeds: 2, fresh: true })

async function submit(client: Client, name: string, idempotencyKey = name): Promise<string> {
  const { experiment } = await client.submit(spec(name), { idempotencyKey })
  return experiment.id
}

/** A request without the client's own repetitions, whatever its answer. */
const send = (method: string, path: string, body?: object, own: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${api.port}${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...own },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  })

/** Every change of an experiment is audited in its transaction, and nothing else is. */
const changes = ({ sql, before }: { sql: string; before: readonly string[] }) =>
  sql === 'COMMIT' && before.some((one) => one.includes('audit_events'))

async function killDuring(moment: (typeof moments)[number], request: () => Promise<unknown>): Promise<void> {
  const struck = gateway.arm({ at: changes, moment, how: 'hold' })
  const answer = request().then(
    () => 'an answer',
    () => 'none',
  )
  await struck
  api.signal('SIGKILL')
  await api.ended
  expect(await answer).toBe('none')
  api = await start()
}

const audited = async (action: string, id: string): Promise<number> =>
  (await api.client.audit({ limit: 200 })).items.filter((event) => event.action === action && event.subject.id === id)
    .length

describe.each(moments)('the API killed %s the commit of', (moment) => {
  it('a submission has stored it once, when it is sent again with its Idempotency-Key', async () => {
    const name = `submission ${moment}`
    const keyed = () => send('POST', '/v1/experiments', spec(name), { 'idempotency-key': name })
    await killDuring(moment, keyed)
    expect((await keyed()).status).toBe(moment === 'before' ? 201 : 200)
    const { items } = await api.client.experiments({ named: name })
    expect(items).toHaveLength(1)
    expect(await audited('experiment.submitted', items[0]!.id)).toBe(1)
    expect(await invariants.check('always')).toEqual([])
  })

  it('an extension has added its runs once', async () => {
    const id = await submit(api.client, `extension ${moment}`)
    const request = () => send('POST', `/v1/experiments/${id}/extend`, { seeds: [70, 71] })
    await killDuring(moment, request)
    expect((await request()).status).toBe(200)
    expect((await api.client.experiment(id)).runs).toHaveLength(4)
    expect(await invariants.check('always')).toEqual([])
  })

  it('a cancellation, then of the retry, has done each once', async () => {
    const id = await submit(api.client, `cancellation ${moment}`)
    await killDuring(moment, () => send('POST', `/v1/experiments/${id}/cancel`))
    expect((await send('POST', `/v1/experiments/${id}/cancel`)).status).toBe(200)
    expect((await api.client.experiment(id)).state).toBe('cancelled')
    expect(await audited('experiment.cancelled', id)).toBe(1)
    await killDuring(moment, () => send('POST', `/v1/experiments/${id}/retry`))
    expect((await send('POST', `/v1/experiments/${id}/retry`)).status).toBe(moment === 'before' ? 200 : 409)
    expect((await api.client.experiment(id)).state).toBe('waiting')
    expect(await audited('experiment.retried', id)).toBe(1)
    expect(await invariants.check('always')).toEqual([])
  })

  it('a deletion has removed it whole or not at all', async () => {
    const id = await submit(api.client, `deletion ${moment}`)
    await api.client.cancel(id)
    await killDuring(moment, () => send('DELETE', `/v1/experiments/${id}`))
    expect((await send('DELETE', `/v1/experiments/${id}`)).status).toBe(moment === 'before' ? 204 : 404)
    expect((await send('GET', `/v1/experiments/${id}`)).status).toBe(404)
    expect(await audited('experiment.deleted', id)).toBe(1)
    expect(await invariants.check('always')).toEqual([])
  })
})
