import type { JsonObject, TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { defineTask } from './define-task.ts'
import { implementTasks } from './implement-tasks.ts'

const walk = defineTask({
  name: 'walk',
  inputs: z.strictObject({ steps: z.int(), slope: z.number().optional() }),
  versions: ({ steps }) => ({ walking: steps > 10 ? 'far' : 'near' }),
})
const rest = defineTask({
  name: 'rest',
  inputs: z.strictObject({ minutes: z.int() }),
  versions: () => ({}),
  formerKind: 'walk',
  withoutEngine: true,
})
const tasks = { walk, rest }

const resultOf = (value: number): TaskResult => ({ measures: [{ name: 'm', labels: {}, value }], artifacts: [] })
const executors = implementTasks(tasks, {
  walk: async (_context, { steps }) => resultOf(steps),
  rest: async (_context, { minutes }) => resultOf(-minutes),
})

/** The executors in these tests read nothing else. */
const contextOf = (kind: string, inputs: JsonObject) => ({ assignment: { kind, inputs } }) as unknown as TaskContext
const execute = async (kind: string, inputs: JsonObject) =>
  (await executors[kind]!(contextOf(kind, inputs))).measures[0]?.value

const plan = { key: 'k', seed: 1, needs: [], work: { unit: 'steps', amount: 1 }, rank: 0 }

describe('a declared task', () => {
  test('is planned with its kind, its unchanged inputs, and the versions for them', () => {
    const inputs = { steps: 11 }
    expect(walk.plan(inputs, plan)).toEqual({ ...plan, kind: 'walk', inputs, versions: { walking: 'far' } })
    expect(rest.plan({ minutes: 3 }, plan)).toMatchObject({ kind: 'rest', identityKind: 'walk', withoutEngine: true })
  })

  test('may not use the service’s own kind or an invalid name', () => {
    const named = (name: string) => () => defineTask({ name, inputs: z.strictObject({}), versions: () => ({}) })
    expect(named('analyse')).toThrow("the service's own")
    expect(named('Walk far')).toThrow('lower-case words')
  })
})

describe('executors', () => {
  test('get the declared inputs, parsed', async () => {
    expect(await execute('walk', { steps: 4 })).toBe(4)
    expect(await execute('rest', { minutes: 4 })).toBe(-4)
  })

  test('run tasks that were stored under a former kind', async () => {
    expect(await execute('walk', { minutes: 4 })).toBe(-4)
  })

  test('refuse inputs of other tasks before computing, with the path', async () => {
    await expect(execute('walk', { steps: 'many' })).rejects.toMatchObject({
      code: 'task-failed',
      message: expect.stringContaining('/steps'),
    })
    await expect(execute('rest', { steps: 1 })).rejects.toThrow('inputs of the rest task')
  })

  test('must exist for every declared task and take its inputs', () => {
    // @ts-expect-error rest is missing
    const incomplete = () => implementTasks(tasks, { walk: async () => resultOf(1) })
    const mistaken = () =>
      implementTasks(tasks, {
        walk: async () => resultOf(1),
        // @ts-expect-error rest has minutes
        rest: async (_context, { steps }) => resultOf(steps),
      })
    expectTypeOf(incomplete).toBeFunction()
    expectTypeOf(mistaken).toBeFunction()
    expectTypeOf(walk.parse).returns.toEqualTypeOf<{ steps: number; slope?: number | undefined }>()
  })
})
