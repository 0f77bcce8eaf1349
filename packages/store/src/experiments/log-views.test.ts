import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LogLine } from '@goalpost/contracts'
import { startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
let experiment: string
let train: string
beforeAll(async () => {
  bench = await startBench()
  experiment = await bench.submit({ seeds: [5] })
  train = (await bench.tasks(experiment))['train']!
  const { claim } = await bench.take(train)
  const at = '2030-01-01T00:00:00.000Z'
  // More than one request looks through, with few lines that are wanted, one of them the last.
  const lines = Array.from({ length: 25_000 }, (_, index) => {
    const level = index % 9_000 === 0 || index === 24_999 ? ('warn' as const) : ('info' as const)
    return { at, level, message: `line ${index}` }
  })
  for (let start = 0; start < lines.length; start += 5_000)
    await bench.ledger.recordLogs(claim, lines.slice(start, start + 5_000))
})
afterAll(() => bench.close())

describe.each([
  ['a task', () => ({ taskId: train })],
  ['an experiment', () => ({ experimentId: experiment })],
])('the log of %s', (_name, source) => {
  async function readAll(query: { level?: 'warn'; search?: string; limit: number }) {
    const found: LogLine[] = []
    let pages = 0
    for (let cursor: string | null | undefined; cursor !== null; pages++) {
      const page = await bench.experiments.logs(bench.workspace, source(), { ...query, ...(cursor ? { cursor } : {}) })
      expect(page!.items.length).toBeLessThanOrEqual(query.limit)
      found.push(...page!.items)
      cursor = page!.nextCursor
    }
    return { found: found.map(({ message }) => message), pages }
  }

  it('is searched in requests of bounded size, and no line is missed between them', async () => {
    const rare = ['line 0', 'line 9000', 'line 18000', 'line 24999']
    expect(await readAll({ level: 'warn', limit: 50 })).toEqual({ found: rare, pages: 3 })
    expect((await readAll({ level: 'warn', limit: 1 })).found).toEqual(rare)
    expect(await readAll({ search: 'LINE 24999', limit: 50 })).toEqual({ found: ['line 24999'], pages: 3 })
    expect((await readAll({ search: 'nowhere', limit: 50 })).found).toEqual([])
  })

  it('is read page by page without a search', async () => {
    const { found } = await readAll({ limit: 6_000 })
    expect(found).toEqual(Array.from({ length: 25_000 }, (_, index) => `line ${index}`))
  })
})
