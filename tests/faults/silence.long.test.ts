import { freePort } from '@goalpost/testing'
import { startOutageProxy, type OutageProxy } from '@goalpost/testing/outage-proxy'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openLaboratory, type Laboratory } from '../../apps/worker/test/laboratory.ts'
import { apiKey, startApi, type ApiProcess } from './api-process.ts'

/**
 * The database falls silent: it is frozen, or the network drops what is sent on connections that are open. API and worker
 * notice it within the limit of a statement, say so, and go on by themselves.
 */
const statementTimeoutMs = 2_000
/** Of a statement, 1.2 times its limit; a request may first wait 10 s for a connection. */
const answerMs = 13_500
const pingMs = 6_000
/** Loops that failed pause for at most 5 s, and a lease ends meanwhile. */
const recoveryMs = 30_000
const lengthy = { updates: 300, updateMs: 10, checkpointEvery: 40, evaluated: true }

let laboratory: Laboratory
let outage: OutageProxy
let api: ApiProcess
let workerPort: number
let undisturbedHash: string

beforeAll(async () => {
  laboratory = await openLaboratory()
  const direct = new URL(laboratory.databaseUrl)
  outage = await startOutageProxy({ host: direct.hostname, port: Number(direct.port) })
  direct.host = `127.0.0.1:${outage.port}`
  workerPort = await freePort()
  const environment = {
    DATABASE_URL: direct.href,
    ARTIFACTS_URL: laboratory.artifactsUrl,
    GOALPOST_STATEMENT_TIMEOUT_MS: String(statementTimeoutMs),
  }
  api = await startApi(environment)
  laboratory.startWorker({ ...environment, GOALPOST_HEALTH_PORT: String(workerPort) })
  undisturbedHash = await hashOf(await laboratory.submit(lengthy))
})
afterAll(async () => {
  api.signal('SIGKILL')
  await api.ended
  await laboratory.stopWorkers()
  await outage.disappear()
  await laboratory.close()
})
beforeEach(() => becomes(true))

type Experiment = Awaited<ReturnType<Laboratory['submit']>>

async function hashOf(experiment: Experiment): Promise<string> {
  await vi.waitFor(async () => expect((await experiment.view()).state).toBe('succeeded'), {
    timeout: 120_000,
    interval: 200,
  })
  return (await experiment.view()).resultHash!
}

const address = (port: number, path: string) => `http://127.0.0.1:${port}${path}`

async function isReady(port: number): Promise<boolean> {
  return (await fetch(address(port, '/readyz'))).ok
}

/** Readiness of both programs. */
const becomes = (wanted: boolean) =>
  vi.waitFor(async () => expect(await Promise.all([api.port, workerPort].map(isReady))).toEqual([wanted, wanted]), {
    timeout: recoveryMs,
    interval: 200,
  })

const list = () => fetch(address(api.port, '/v1/experiments'), { headers: { authorization: `Bearer ${apiKey}` } })
const submit = () =>
  fetch(address(api.port, '/v1/experiments'), {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'idempotency-key': 'silence' },
    body: JSON.stringify({ apiVersion: 'goalpost/v1', protocol: 'goodhart', name: 'silence', seeds: 1 }),
  })

async function underway(): Promise<Experiment> {
  const experiment = await laboratory.submit(lengthy)
  await vi.waitFor(async () => expect((await experiment.checkpoints()).length).toBeGreaterThan(1), {
    timeout: 60_000,
    interval: 50,
  })
  return experiment
}

describe('while the database is frozen', () => {
  it('requests get 503 with the cause in time, readiness fails, and all goes on when it thaws', async () => {
    const experiment = await underway()
    outage.freeze()
    const askedAt = performance.now()
    const asked = [list, submit, list, submit].map(async (ask) => {
      const response = await ask()
      return { status: response.status, waitedMs: performance.now() - askedAt, problem: await response.json() }
    })
    const ready = await isReady(api.port)
    expect([ready, performance.now() - askedAt < pingMs]).toEqual([false, true])
    for (const answer of await Promise.all(asked)) {
      expect(answer).toMatchObject({
        status: 503,
        problem: {
          code: 'unavailable',
          detail: expect.stringMatching(/^The database (has not answered|cannot be reached)/),
        },
      })
      expect(answer.waitedMs).toBeLessThan(answerMs)
    }
    await becomes(false)
    outage.thaw()
    await becomes(true)
    expect([(await list()).status, (await submit()).status]).toEqual([200, 201])
    expect(await hashOf(experiment)).toBe(undisturbedHash)
  })
})

describe('when everything that is sent on open connections is lost', () => {
  it('each pool of connections notices it once, and goes on with new ones; the running experiment and a new one have equal hashes', async () => {
    const experiment = await underway()
    outage.swallow()
    const swallowedAt = performance.now()
    const later = await laboratory.submit(lengthy)
    await vi.waitFor(async () => expect((await list()).status).toBe(200), { timeout: answerMs, interval: 0 })
    expect(performance.now() - swallowedAt).toBeLessThan(answerMs)
    await becomes(true)
    expect(await Promise.all([hashOf(experiment), hashOf(later)])).toEqual([undisturbedHash, undisturbedHash])
    // The thread that takes submissions has connections of its own, which nobody has used since.
    await vi.waitFor(async () => expect((await submit()).ok).toBe(true), { timeout: answerMs, interval: 0 })
  })
})
