import { afterAll, expect, test, vi } from 'vitest'
import { createComputePool } from '../src/compute/compute-pool.ts'

const protocolsModule = new URL('./toy-protocol.ts', import.meta.url).href
const timeLimitMs = 30_000
const pool = createComputePool({ protocolsModule, threads: 1, timeLimitMs })
afterAll(() => pool.close())

const quick = { skill: 0.95, steps: 1, net: { hidden: [1] }, adviceMs: 0 }

/** Lets a time limit pass at once: one that is short by the clock would also stop what a busy machine starts slowly. */
async function pastLimit<Answer>(run: () => Promise<Answer>): Promise<Answer> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const answer = run()
    vi.advanceTimersByTime(timeLimitMs)
    return await answer
  } finally {
    vi.useRealTimers()
  }
}

test('what a protocol computes, it computes on another thread', async () => {
  expect(await pool.run('toy', { type: 'advise', options: quick })).toEqual(['too good to be true'])
  const evidence = { experiment: 'e', conditions: [], artifacts: new Map([['00', new Uint8Array([1])]]) }
  expect(await pool.run('toy', { type: 'report', evidence })).toMatchObject({ title: 'Report on e' })
})

test('a computation that overstays its limit is stopped, and the next one is served', async () => {
  const endless = { ...quick, adviceMs: 60_000 }
  const run = () => pool.run('toy', { type: 'advise', options: endless })
  await expect(pastLimit(run)).rejects.toMatchObject({ code: 'compute-timeout' })
  expect(await pool.run('toy', { type: 'advise', options: quick })).toHaveLength(1)
})

test('the event loop turns while a thread is busy', async () => {
  let turns = 0
  const counter = setInterval(() => (turns += 1), 10)
  await pool.run('toy', { type: 'advise', options: { ...quick, adviceMs: 300 } })
  clearInterval(counter)
  expect(turns).toBeGreaterThan(10)
})

test('a computation that throws is an internal error without details', async () => {
  await expect(pool.run('nobody', { type: 'advise', options: {} })).rejects.toMatchObject({
    code: 'internal',
    message: 'The computation failed',
  })
})

test('a full queue refuses further jobs, and runs none later', async () => {
  const small = createComputePool({ protocolsModule, threads: 1, timeLimitMs })
  const faults: unknown[] = []
  const note = (error: unknown): void => void faults.push(error)
  process.on('uncaughtException', note)
  const busy = { ...quick, adviceMs: 60_000 }
  const run = () => small.run('toy', { type: 'advise', options: busy })
  const ends = await pastLimit(() => Promise.allSettled(Array.from({ length: 150 }, run)))
  const codes = ends.map((end) => (end.status === 'rejected' ? (end.reason as { code: string }).code : 'done'))
  expect(codes.filter((code) => code === 'unavailable')).toHaveLength(49)
  expect(codes.filter((code) => code === 'compute-timeout')).toHaveLength(101)
  // Their time limit has passed: the pool reacts now.
  await new Promise((resolve) => setImmediate(resolve))
  expect(await small.run('toy', { type: 'advise', options: quick })).toHaveLength(1)
  process.off('uncaughtException', note)
  expect(faults).toEqual([])
  await small.close()
})
