import type { JsonObject } from '@goalpost/contracts'
import type { ConditionEvidence } from '@goalpost/experiments'
import { expect, test } from 'vitest'
import { rlShift } from './index.ts'
import { leagueSlot } from './league-slot.ts'

function optionsOf(given: JsonObject): JsonObject {
  const resolution = rlShift.resolve({
    environment: 'corner',
    parameters: { size: 5, maxSteps: 32 },
    steps: 8192,
    ...given,
  })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return resolution.options
}

/** One seed for each set of measures of its training. */
function conditionOf(method: JsonObject, trainings: readonly JsonObject[]): ConditionEvidence {
  const runs = trainings.map((given, seed) => {
    const measures = Object.entries(given).map(([name, value]) => ({ name, labels: {}, value: Number(value) }))
    const result = { measures, artifacts: [] }
    return { seed, state: 'succeeded' as const, tasks: [{ key: 'train', kind: 'train', inputs: {}, result }] }
  })
  return { name: 'c', options: optionsOf({ method }), marks: [], runs }
}
const costsOf = (condition: ConditionEvidence) => leagueSlot.costs(condition, new Map()).map(({ value }) => value)

test('methods cost what all of their policies learn from and play; other methods the steps of their policy', () => {
  const replayed = [20_000, 30_000].map((played) => ({ 'environment steps played': played }))
  expect(costsOf(conditionOf({ kind: 'plr' }, replayed))).toEqual([8192, 25_000])
  const members = { 'environment steps learned from by all': 24_576, 'environment steps played': 24_576 }
  expect(costsOf(conditionOf({ kind: 'ensemble', members: 3 }, [members]))).toEqual([24_576, 24_576])
  expect(costsOf(conditionOf({ kind: 'ppo' }, [{}]))).toEqual([8192, 8192])
  expect(costsOf(conditionOf({ kind: 'ppo' }, []))).toEqual([8192, 8192])
})

test('controls are not ranked as their method, and what has another task is not ranked', () => {
  const placeOf = (method: JsonObject) => leagueSlot.place(optionsOf({ method }))
  expect(placeOf({ kind: 'ensemble', diversity: 'none' }).method).not.toBe(placeOf({ kind: 'ensemble' }).method)
  expect(placeOf({ kind: 'ensemble' }).incomparable).toBeUndefined()
  expect(placeOf({ kind: 'paired' }).incomparable).toMatch(/α has no effect/)
  expect(placeOf({ kind: 'goal-conditioned' }).incomparable).toMatch(/told the goal/)
  expect(placeOf({ kind: 'modular' }).incomparable).toMatch(/taught where goals are/)
  expect(placeOf({ kind: 'modular', pointing: 'random' }).method).not.toBe(placeOf({ kind: 'modular' }).method)
  expect(placeOf({ kind: 'judge' }).incomparable).toBeUndefined()
  for (const fault of [{ error: 0.1 }, { bias: 0.1 }] as JsonObject[])
    expect(placeOf({ kind: 'judge', ...fault }).method).not.toBe(placeOf({ kind: 'judge' }).method)
})

test('a model that judges is named by its name', () => {
  const judge = { kind: 'endpoint', baseUrl: 'http://127.0.0.1/v1', model: 'some-model' }
  expect(leagueSlot.place(optionsOf({ method: { kind: 'judge', judge } })).method).toBe('judge some-model')
})

test('a condition’s place in a league is its environment, kind of method and α', () => {
  expect(leagueSlot.place(optionsOf({ alpha: 0.1 }))).toEqual({
    task: 'corner',
    method: 'ppo',
    over: 'alpha',
    value: 0.1,
  })
  expect(leagueSlot.place(optionsOf({ method: { kind: 'accel' } })).method).toBe('accel')
})
