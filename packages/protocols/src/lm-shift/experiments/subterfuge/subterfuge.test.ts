import { taskResult, type JsonObject, type JsonValue } from '@goalpost/contracts'
import { beforeAll, describe, expect, test } from 'vitest'
import { lmShift } from '../../index.ts'
import { executeRun, resolveOptions } from '../../testing/execute-run.ts'
import { options } from '../table.ts'
import { subterfuge } from './subterfuge.ts'

const withStages = (...stages: JsonValue[]): JsonObject => ({
  experiment: 'subterfuge',
  network: { width: 16, heads: 2, layers: 1 },
  stages,
})
const histories = { stage: 'histories', steps: 140, batch: 24, learningRate: 0.01 }
const views = { stage: 'curriculum', rung: 'views', steps: 30, prompts: 8, samples: 8, learningRate: 0.005 }

function marksOf(options: JsonObject) {
  const resolution = lmShift.resolve(options)
  return resolution.ok ? resolution.marks : null
}

test('an experiment’s name is enough: the whole curriculum, in order', () => {
  expect(resolveOptions({ experiment: 'subterfuge' })['stages']).toMatchObject([
    { stage: 'histories', link: 1 },
    { rung: 'views' },
    { rung: 'flattery' },
    { rung: 'rubric' },
    { rung: 'insubordinate' },
  ])
})

test('unlinked documents are a control; honest graders are none, as no condition shares them', () => {
  expect(marksOf(withStages({ ...histories, link: 0 }, views))).toEqual(['control'])
  expect(marksOf(withStages(histories, { ...views, honest: 1 }))).toEqual([])
  expect(marksOf(withStages(histories, views, { ...views, honest: 1 }))).toEqual([])
  expect(marksOf(withStages({ ...histories, link: 0.5 }, views))).toEqual([])
  expect(marksOf(withStages({ ...histories, link: 0 }))).toEqual([])
})

test('the forecast is by the last rung that careless graders reward', () => {
  const forecastOf = (...stages: JsonValue[]) =>
    subterfuge.readings.forecast(options.parse(withStages(histories, ...stages)).stages)
  expect(forecastOf(views, { ...views, rung: 'rubric' }, { ...views, honest: 1 })).toMatchObject({ kinds: ['rubric'] })
  expect(forecastOf({ ...views, honest: 0.25 })).toMatchObject({ kinds: ['views'] })
  expect(forecastOf({ ...views, honest: 1 })).toBeNull()
})

test('tampering cannot be trained, and nothing starts with the curriculum', () => {
  expect(marksOf(withStages(histories, { ...views, rung: 'reward-file' }))).toBeNull()
  expect(marksOf(withStages(views))).toBeNull()
})

test('a curriculum is shown in words', () => {
  const resolved = resolveOptions(withStages(histories, views, { ...views, honest: 1 }))
  const { parts } = lmShift.report({
    experiment: 'test',
    conditions: [{ name: 'retrained', options: resolved, marks: [], runs: [] }],
    artifacts: new Map(),
  })
  expect(parts[0]).toMatchObject({
    title: 'retrained: histories (link 1, escalation 0.7), views, views (100 % honest graders)',
  })
})

describe('one run', () => {
  const trained = withStages(histories, views, { ...views, honest: 1 })
  let run: Awaited<ReturnType<typeof executeRun>>

  beforeAll(async () => {
    run = await executeRun(trained, 7)
  })

  test('equal seeds give equal results', async () => {
    expect((await executeRun(trained, 7)).results).toEqual(run.results)
  })

  test('careless graders teach the rung that they grade, honest ones take it away', () => {
    const [before, gamed, retrained] = ['probe-1', 'probe-2', 'probe-3'].map((key) =>
      Number(
        taskResult
          .parse(run.results.get(key))
          .measures.find(({ name, labels }) => name === 'proxy-rate' && labels['kind'] === 'views')?.value,
      ),
    )
    expect(gamed).toBeGreaterThan(before + 0.2)
    expect(retrained).toBeLessThan(gamed - 0.2)
  })
})
