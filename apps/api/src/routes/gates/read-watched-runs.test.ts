import type { GateRunView } from '@goalpost/contracts'
import type { GateStore } from '@goalpost/experiments'
import { beforeEach, expect, test, vi } from 'vitest'
import type { ApiDependencies } from '../../dependencies.ts'
import { createWatchedRunReader } from './read-watched-runs.ts'

let nowMs: number
beforeEach(() => void (nowMs = 1_000))

const eventPollMs = 500

/** A store of the runs `a` and `b`, which counts what it is asked for. */
function start() {
  const runsById = vi.fn<GateStore['runsById']>(
    async (ids) => new Map(ids.filter((id) => id !== 'gone').map((id) => [id, { id, units: nowMs } as GateRunView])),
  )
  const deps = { gates: { runsById }, settings: { eventPollMs }, now: () => nowMs } as unknown as ApiDependencies
  return { read: createWatchedRunReader(deps), asked: () => runsById.mock.calls.map(([ids]) => ids), runsById }
}

test('a hundred clients that watch a run read it once per interval', async () => {
  const { read, asked } = start()
  for (const each of [1_000, 1_100, 1_499]) {
    nowMs = each
    const seen = await Promise.all(Array.from({ length: 100 }, () => read('a')))
    expect(new Set(seen.map((run) => run?.units))).toEqual(new Set([1_000]))
  }
  nowMs = 1_500
  expect((await read('a'))?.units).toBe(1_500)
  expect(asked()).toEqual([['a'], ['a']])
})

test('runs of several gates are read together, and one that nobody watches any more is not', async () => {
  const { read, asked } = start()
  const both = () => Promise.all([read('a'), read('b')])
  await both()
  nowMs += 100
  await both()
  nowMs += eventPollMs
  await read('a')
  nowMs += eventPollMs
  await read('a')
  expect(asked()).toEqual([['a'], ['a', 'b'], ['a', 'b'], ['a']])
})

test('a run that is gone is null, and a reading that failed is not kept', async () => {
  const { read, runsById } = start()
  expect(await read('gone')).toBeNull()
  nowMs += eventPollMs
  runsById.mockRejectedValueOnce(new Error('no database'))
  await expect(read('a')).rejects.toThrow('no database')
  expect((await read('a'))?.id).toBe('a')
})
