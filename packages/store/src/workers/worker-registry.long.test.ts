import { workerSilenceMs } from '@goalpost/experiments'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeEach(async () => {
  bench = await startBench()
})
afterEach(() => bench.close())

const wasm = { name: 'tfjs:wasm', device: 'cpu' } as const
const cuda = { name: 'onnx:cuda', device: 'gpu' } as const
const ids = async () => (await bench.workers.list()).map(({ id }) => id)

describe('the registry of workers', () => {
  it('lists each worker’s announcement, and since when', async () => {
    await bench.announce('a', [wasm, cuda])
    const startedAt = bench.clock.now().toISOString()
    bench.clock.advance(5_000)
    await bench.announce('a', [wasm])
    expect(await bench.workers.list()).toEqual([
      {
        id: 'a',
        host: 'here',
        codeRevision: 'test',
        cores: 2,
        queues: [{ device: 'cpu', slots: 100 }],
        engines: [{ name: 'tfjs:wasm', device: 'cpu', build: '1', deviceName: null }],
        startedAt,
        lastSeenAt: bench.clock.now().toISOString(),
      },
    ])
  })

  it('keeps one that does not know its engines yet', async () => {
    await bench.announce('a', null)
    expect(await bench.workers.list()).toMatchObject([{ id: 'a', engines: null }])
  })

  it('drops a silent worker, and restores it with its next announcement', async () => {
    await bench.announce('a', [wasm])
    await bench.announce('b', [wasm])
    bench.clock.advance(workerSilenceMs)
    expect(await ids()).toEqual(['a', 'b'])
    await bench.announce('b', [wasm])
    bench.clock.advance(1)
    expect(await ids()).toEqual(['b'])
    await bench.announce('a', [wasm])
    expect((await ids()).toSorted()).toEqual(['a', 'b'])
  })

  it('drops one that shuts down cleanly at once', async () => {
    await bench.announce('a', [wasm])
    await bench.workers.withdraw('a')
    expect(await ids()).toEqual([])
  })

  it('keeps no row of workers that are long gone', async () => {
    await bench.announce('a', [wasm])
    bench.clock.advance(11 * workerSilenceMs)
    await bench.announce('b', [wasm])
    bench.clock.advance(-11 * workerSilenceMs)
    expect(await ids()).toEqual(['b'])
  })
})

describe('a task that needs an engine', () => {
  const dispatched = async () => (await bench.dispatchAll()).map(({ taskId }) => taskId)
  const onCuda = (seeds: number[], priority = 0) =>
    bench.submit({ seeds, priority, resources: { engine: 'onnx:cuda', device: 'gpu' } })

  it('stays out of the queue until a worker with it is there, and does not block other tasks', async () => {
    await bench.announce('a', [wasm])
    await onCuda([1, 2, 3], 100)
    await bench.submit({ seeds: [1], resources: { engine: 'tfjs:wasm' } })
    const jobs = await bench.dispatchAll(2)
    expect(jobs.map(({ device }) => device)).toEqual(['cpu', 'cpu'])
    await bench.announce('b', [cuda])
    const more = await bench.dispatchAll(2)
    expect(more.map(({ device }) => device)).toEqual(['gpu', 'gpu'])
  })

  it('stays out of the queue as soon as its last worker is gone', async () => {
    await bench.announce('b', [cuda])
    await onCuda([1])
    bench.clock.advance(workerSilenceMs + 1)
    expect(await dispatched()).toEqual([])
  })

  it('goes back to the queue, a moment later and with no attempt spent, if its worker lacks the engine', async () => {
    await bench.announce('b', [cuda])
    await bench.announce('c', [{ name: 'onnx:webgpu', device: 'gpu' }])
    const { train } = await bench.tasks(await onCuda([1]))
    const before = await dispatched()
    expect(before).toContain(train)
    const job = { taskId: train!, epoch: 0 }
    const wrong = { id: 'c', leaseMs: 10_000, engines: [{ name: 'onnx:webgpu', device: 'gpu' as const }] }
    expect(await bench.ledger.claim(job, wrong)).toEqual({
      ok: false,
      reason: 'It needs onnx:cuda on gpu, which this worker lacks',
    })
    expect(await bench.experiments.task(bench.workspace, train!)).toMatchObject({ state: 'ready', attempts: 0 })
    expect(await dispatched()).not.toContain(train)
    bench.clock.advance(2_000)
    expect(await dispatched()).toEqual([train])
    const right = { ...wrong, id: 'b', engines: [cuda] }
    expect(await bench.ledger.claim(job, right)).toMatchObject({ ok: true, claim: { epoch: 1 } })
  })

  it('is not run by a worker that has the engine on another device', async () => {
    const { train } = await bench.tasks(await bench.submit({ resources: { engine: 'tfjs:tensorflow', device: 'gpu' } }))
    const claimant = { id: 'c', leaseMs: 10_000, engines: [{ name: 'tfjs:tensorflow', device: 'cpu' as const }] }
    expect(await bench.ledger.claim({ taskId: train!, epoch: 0 }, claimant)).toMatchObject({ ok: false })
  })
})
