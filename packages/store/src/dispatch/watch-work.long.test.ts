import type { WorkWatch } from '@goalpost/experiments'
import { startOutageProxy } from '@goalpost/testing/outage-proxy'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startBench, type Bench } from '../../test/bench.ts'
import { watchWork } from './watch-work.ts'

const patience = { timeout: 10_000, interval: 5 }

let bench: Bench
const watches: WorkWatch[] = []
beforeEach(async () => {
  bench = await startBench()
})
afterEach(async () => {
  await Promise.all(watches.splice(0).map((watch) => watch.close()))
  await bench.close()
})

function start(url = bench.database.url) {
  const signals: string[] = []
  const watch = watchWork({ url, onSignal: (signal) => signals.push(signal) })
  watches.push(watch)
  return { watch, signals }
}

async function terminateWatches(): Promise<void> {
  const client = new pg.Client(bench.database.url)
  await client.connect()
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'goalpost-watch' AND datname = current_database()`,
  )
  await client.end()
}

describe('a watch for work', () => {
  it('is notified when a submission is committed, and not before', async () => {
    const { watch, signals } = start()
    expect(await watch.look()).toMatchObject({ leads: true, ready: false })
    await bench.submit()
    await vi.waitFor(() => expect(signals).toEqual(['ready']), patience)
    expect(await watch.look()).toMatchObject({ ready: true })
  })

  it('is notified when the end of one task makes others ready, and when a lease runs out', async () => {
    const { watch, signals } = start()
    await watch.look()
    const tasks = await bench.tasks(await bench.submit())
    await bench.dispatchAll()
    await vi.waitFor(() => expect(signals).toHaveLength(1), patience)
    await bench.take(tasks['train']!)
    bench.clock.advance(60_000)
    await bench.dispatcher.reapExpired()
    await vi.waitFor(() => expect(signals).toHaveLength(2), patience)
  })

  it('is notified of a task that was postponed, and sees when it is due', async () => {
    const hourMs = 3_600_000
    // The look uses the server's clock: times later by the bench's clock must be later by both.
    bench.clock.advance(Date.now() + hourMs - bench.clock.now().getTime())
    const { watch, signals } = start()
    await watch.look()
    await bench.announce('worker', [{ name: 'tfjs:wasm', device: 'cpu' }])
    const { train } = await bench.tasks(await bench.submit({ resources: { engine: 'tfjs:wasm' } }))
    await bench.dispatchAll()
    await bench.ledger.claim({ taskId: train!, epoch: 0 }, { id: 'other', leaseMs: 1_000, engines: [] })
    await vi.waitFor(() => expect(signals).toEqual(['ready', 'postponed']), patience)
    const { ready, dueInMs } = await watch.look()
    expect(ready).toBe(false)
    expect(dueInMs).toBeGreaterThan(0.9 * hourMs)
  })

  it('listens in only one process, and in another as soon as that one is gone', async () => {
    const [first, second] = [start(), start()]
    expect((await first.watch.look()).leads).toBe(true)
    expect((await second.watch.look()).leads).toBe(false)
    expect((await first.watch.look()).leads).toBe(true)
    await first.watch.close()
    await vi.waitFor(async () => expect((await second.watch.look()).leads).toBe(true), patience)
    await bench.submit()
    await vi.waitFor(() => expect(second.signals).toEqual(['ready']), patience)
    expect(first.signals).toEqual([])
  })

  it('reports that its connection was lost, and listens again with the next look', async () => {
    const { watch, signals } = start()
    await watch.look()
    await terminateWatches()
    await vi.waitFor(() => expect(signals).toEqual(['lost']), patience)
    expect((await watch.look()).leads).toBe(true)
    await bench.submit()
    await vi.waitFor(() => expect(signals).toEqual(['lost', 'ready']), patience)
  })

  it('rejects with unavailable while the database is away, and works when it is back', async () => {
    const { hostname, port } = new URL(bench.database.url)
    const outage = await startOutageProxy({ host: hostname, port: Number(port) })
    const url = new URL(bench.database.url)
    url.host = `127.0.0.1:${outage.port}`
    const { watch } = start(url.href)
    await watch.look()
    await outage.disappear()
    await expect(watch.look()).rejects.toMatchObject({ code: 'unavailable' })
    await outage.reappear()
    expect(await watch.look()).toMatchObject({ leads: true })
    await watch.close()
    await outage.disappear()
  })
})
