import { afterAll, expect, test, vi } from 'vitest'
import { createComputePool, type Compute } from '../src/compute/compute-pool.ts'

const protocolsModule = new URL('./toy-protocol.ts', import.meta.url).href
const pool = createComputePool({ protocolsModule, threads: 1, timeLimitMs: 30_000 })
afterAll(() => pool.close())

const quick = { skill: 0.95, steps: 1, net: { hidden: [1] }, adviceMs: 0 }

/** On a busy machine a thread may take longer to start than a short limit allows. */
const served = (by: Compute): Promise<void> =>
  vi.waitFor(async () => expect(await by.run('toy', { type: 'advise', options: quick })).toHaveLength(1), 30_000)

test('what a protocol computes, it computes on another thread', async () => {
  expect(await pool.run('toy', { type: 'advise', options: quick })).toEqual(['too good to be true'])
  const evidence = { experiment: 'e', conditions: [], artifacts: new Map([['00', new Uint8Array([1])]]) }
  expect(await pool.run('toy', { type: 'report', evidence })).toMatchObject({ title: 'Report on e' })
})

test('a computation that overstays its limit is stopped, and the next one is served', async () => {
  const impatient = createComputePool({ protocolsModule, threads: 1, timeLimitMs: 1_000 })
  const endless = { ...quick, adviceMs: 60_000 }
  await expect(impatient.run('toy', { type: 'advise', options: endless })).rejects.toMatchObject({
    code: 'compute-timeout',
  })
  await served(impatient)
  await impatient.close()
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
  const small = createComputePool({ protocolsModule, threads: 1, timeLimitMs: 1_500 })
  const faults: unknown[] = []
  const note = (error: unknown): void => void faults.push(error)
  process.on('uncaughtException', note)
  const busy = { ...quick, adviceMs: 60_000 }
  const ends = await Promise.allSettled(
    Array.from({ length: 150 }, () => small.run('toy', { type: 'advise', options: busy })),
  )
  const codes = ends.map((end) => (end.status === 'rejected' ? (end.reason as { code: string }).code : 'done'))
  expect(codes.filter((code) => code === 'unavailable')).toHaveLength(49)
  expect(codes.filter((code) => code === 'compute-timeout')).toHaveLength(101)
  // Their time limit has passed: the pool reacts now.
  await new Promise((resolve) => setImmediate(resolve))
  await served(small)
  process.off('uncaughtException', note)
  expect(faults).toEqual([])
  await small.close()
})
