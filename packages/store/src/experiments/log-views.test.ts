import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LogLine } from '@goalpost/contracts'
import { startBench, type Bench } from '../../test/bench.ts'
import { openDatabase } from '../database/open-database.ts'
import { Prisma } from '../generated/client.ts'
import { linesOfExperiment } from './log-views.ts'

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

describe('a page of the log of an experiment', () => {
  it.each([0, 20_000])('reads no more lines than it holds, behind line %d too', async (skipped) => {
    const database = openDatabase({ url: bench.database.url, poolSize: 1 })
    const scanned = await database.query(async (queries) => {
      await queries.$executeRaw`ANALYZE logs, experiment_tasks`
      const ids = await queries.$queryRaw<{ id: bigint }[]>`
        SELECT id FROM logs WHERE task_id = ${train}::uuid ORDER BY id OFFSET ${skipped}::int LIMIT 1`
      const lines = linesOfExperiment(experiment, { after: { taskId: train, id: Number(ids[0]!.id) }, limit: 200 })
      const [row] = await queries.$queryRaw<{ 'QUERY PLAN': [{ Plan: PlanNode }] }[]>(
        Prisma.sql`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${lines}`,
      )
      return nodesOf(row!['QUERY PLAN'][0].Plan).filter(({ 'Relation Name': name }) => name === 'logs')
    })
    await database.close()
    expect(scanned.map((node) => node['Index Cond'])).toEqual(scanned.map(() => expect.stringContaining('CASE')))
    expect(scanned.reduce((sum, node) => sum + node['Actual Rows'] * node['Actual Loops'], 0)).toBe(200)
  })
})

type PlanNode = {
  readonly 'Relation Name'?: string
  readonly 'Index Cond'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly Plans?: readonly PlanNode[]
}

function nodesOf(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}
