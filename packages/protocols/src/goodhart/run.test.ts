import { createHash } from 'node:crypto'
import { taskResult, type JsonObject } from '@goalpost/contracts'
import { TaskCancelled } from '@goalpost/experiments'
import { describe, expect, test } from 'vitest'
import { goodhart } from './index.ts'
import { executors } from './run.ts'
import { createMemoryContext } from './testing/memory-context.ts'
import { resolveSmall } from './testing/small-options.ts'

const options = resolveSmall({ error: { distribution: 'student-t', dof: 3 } })

async function execute(seed: number, changed: JsonObject = options, onYield?: (yields: number) => void) {
  const [task] = goodhart.plan(changed, seed)
  const context = createMemoryContext({ inputs: task.inputs, seed }, onYield)
  const result = await executors.sample!(context)
  return { context, result, hash: createHash('sha256').update(JSON.stringify(result)).digest('hex') }
}

describe('sampling one run', () => {
  test('equal inputs and seed give equal bytes, another seed different ones', async () => {
    const [first, again, other] = [await execute(7), await execute(7), await execute(8)]
    expect(again.hash).toBe(first.hash)
    expect(other.hash).not.toBe(first.hash)
  })

  test('pauses between its steps do not matter', async () => {
    const paused = await execute(7, options, () => {
      for (let i = 0; i < 100; i++) Math.random()
    })
    expect(paused.hash).toBe((await execute(7)).hash)
  })

  test('thresholds of the verdict are not among the inputs: changing them recomputes nothing', () => {
    const stricter = resolveSmall({ error: { distribution: 'student-t', dof: 3 }, verdict: { benignAbove: 0.99 } })
    expect(goodhart.plan(stricter, 1)).toEqual(goodhart.plan(options, 1))
  })

  test('a point of a curve does not depend on the other points', async () => {
    const fewer = await execute(
      7,
      resolveSmall({ error: { distribution: 'student-t', dof: 3 }, bestOfN: [8, 512], tail: { depths: [16, 128] } }),
    )
    const all = await execute(7)
    const pick = ({ result }: typeof all) =>
      result.measures.filter(({ labels }) => labels.pressure === 'best-of-n' && labels.strength === '512')
    expect(pick(fewer)).toEqual(pick(all))
  })

  test('is a valid result of finite numbers, each measured once, with all draws behind it', async () => {
    const { result } = await execute(3)
    const { measures } = taskResult.parse(result)
    expect(new Set(measures.map(({ name, labels }) => `${name} ${JSON.stringify(labels)}`)).size).toBe(measures.length)
    // (base + 4 values of N + 3 budgets + 4 depths) × 4 numbers, and 2 tails × 2 fractions.
    expect(measures).toHaveLength(12 * 4 + 4)
    for (const { value, count } of measures) {
      expect(value).toSatisfy(Number.isFinite)
      expect(count).toBe(2 ** 15)
    }
  })

  test('streams every point of every curve, equal to the measures', async () => {
    const { context, result } = await execute(3)
    const measured = result.measures.filter(({ labels }) => labels.pressure === 'tail' && labels.strength === '128')
    const streamed = context.sent.series.filter(({ labels, x }) => labels.pressure === 'tail' && x === 128)
    expect(streamed.map(({ series, value }) => [series, value])).toEqual(
      measured.map(({ name, value }) => [name, value]),
    )
    expect(context.sent.series).toHaveLength(result.measures.length)
  })

  test('reports progress that never decreases, up to all of its planned work', async () => {
    const { context } = await execute(3)
    const done = context.sent.progress.map((progress) => progress.done)
    expect(done).toEqual(done.toSorted((left, right) => left - right))
    const [task] = goodhart.plan(options, 3)
    expect(context.sent.progress.at(-1)).toMatchObject({
      done: task.work.amount,
      total: task.work.amount,
      unit: task.work.unit,
    })
  })

  test.each([1, 5, 12])('stops at once when cancelled at pause %d', async (pause) => {
    const cancelled = execute(3, options, (yields) => {
      if (yields === pause) throw new TaskCancelled()
    })
    await expect(cancelled).rejects.toBeInstanceOf(TaskCancelled)
  })
})
