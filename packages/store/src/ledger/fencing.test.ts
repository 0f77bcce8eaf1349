import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

describe('an experiment from submission to its end', () => {
  it('succeeds when every task has', async () => {
    const id = await bench.submit({ seeds: 2 })
    expect((await bench.experiments.get(bench.workspace, id))?.state).toBe('waiting')
    await bench.work()
    const view = await bench.experiments.get(bench.workspace, id)
    expect(view?.state).toBe('succeeded')
    expect(view?.resultHash).toMatch(/^[0-9a-f]{64}$/)
  })
})
