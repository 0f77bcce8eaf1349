import { expect, test } from 'vitest'
import { createTrainerPool } from './trainer-pool.ts'
import type { TrainerProcess } from './trainer-process.ts'

type Started = TrainerProcess & { readonly number: number; alive: boolean }

function createRecordedPool() {
  const started: Started[] = []
  const pool = createTrainerPool(() => {
    const trainer: Started = {
      number: started.length,
      alive: true,
      pid: undefined,
      isAlive: () => trainer.alive,
      listen: () => {},
      send: () => {},
      async kill() {
        trainer.alive = false
      },
    }
    started.push(trainer)
    return trainer
  })
  return { pool, started }
}

const one = { engine: 'tfjs:wasm', threads: 1 }
const two = { engine: 'tfjs:tensorflow', threads: 2 }

test('a returned trainer serves the next task of the same engine and threads', () => {
  const { pool, started } = createRecordedPool()
  const first = pool.acquire(one)
  pool.giveBack(first)
  expect(pool.acquire(one)).toBe(first)
  expect(started).toHaveLength(1)
})

test('a task with other threads gets its own trainer, and an idle one is ended to make room', () => {
  const { pool, started } = createRecordedPool()
  const first = pool.acquire(one)
  pool.giveBack(first)
  const other = pool.acquire(two)
  expect(other).not.toBe(first)
  expect(started.map(({ alive }) => alive)).toEqual([false, true])
})

test('trainers of two kinds are kept side by side', () => {
  const { pool } = createRecordedPool()
  const [first, second] = [pool.acquire(one), pool.acquire(two)]
  pool.giveBack(first)
  pool.giveBack(second)
  expect(pool.acquire(one)).toBe(first)
  expect(pool.acquire(two)).toBe(second)
})

test('a trainer that died while idle is not reused', () => {
  const { pool, started } = createRecordedPool()
  const first = pool.acquire(one)
  pool.giveBack(first)
  started[0]!.alive = false
  expect(pool.acquire(one)).not.toBe(first)
})

test('a task without an engine uses any idle trainer, without changing the tasks that it fits', () => {
  const { pool, started } = createRecordedPool()
  const first = pool.acquire(one)
  pool.giveBack(first)
  const plain = pool.acquire({ engine: 'none', threads: 1 })
  expect(plain).toBe(first)
  pool.giveBack(plain)
  expect(pool.acquire(two)).not.toBe(first)
  expect(started.map(({ alive }) => alive)).toEqual([false, true])
})
