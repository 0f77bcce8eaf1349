import type { JsonObject } from '@goalpost/contracts'
import type { PlannedTask } from '@goalpost/experiments'
import { expect, test } from 'vitest'
import { rlShift } from './index.ts'

function plan(options: JsonObject, seed = 0): readonly PlannedTask[] {
  const resolution = rlShift.resolve({ environment: 'corner', ...options })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return rlShift.plan(resolution.options, seed)
}

const byKey = (tasks: readonly PlannedTask[], key: string) => tasks.find((task) => task.key === key)

test('a run is a training, one evaluation per checkpoint, and the reference policies on every suite', () => {
  const tasks = plan({ steps: 8192 * 4, evaluation: { checkpoints: 2 } })
  expect(tasks.map(({ key }) => key)).toEqual([
    'train',
    'evaluate@0',
    'evaluate@16384',
    'evaluate@32768',
    'references@in-distribution',
    'references@shifted',
  ])
})

test('intermediate evaluations start at their checkpoint, the last one after the training has succeeded', () => {
  const tasks = plan({ steps: 8192 * 4, evaluation: { checkpoints: 2 } })
  expect(byKey(tasks, 'evaluate@16384')?.needs).toEqual([{ key: 'train', when: { on: 'checkpoint', step: 16384 } }])
  expect(byKey(tasks, 'evaluate@32768')?.needs).toEqual([{ key: 'train', when: { on: 'succeeded' } }])
})

test('steps are rounded up to whole iterations, and the last checkpoint is at the end', () => {
  const tasks = plan({ steps: 8193, evaluation: { checkpoints: 5 } })
  expect(tasks.filter(({ key }) => key.startsWith('evaluate@')).map(({ key }) => key)).toEqual([
    'evaluate@0',
    'evaluate@8192',
    'evaluate@16384',
  ])
})

test('reference policies depend on neither seed nor training, so that all runs share them', () => {
  const one = byKey(plan({ alpha: 0 }, 1), 'references@shifted')
  const other = byKey(plan({ alpha: 0.5, steps: 5_000_000, network: { kind: 'conv' } }, 2), 'references@shifted')
  expect(other?.inputs).toEqual(one?.inputs)
  expect([one?.seed, other?.seed]).toEqual([null, null])
})

test('the in-distribution suite follows the training mixture', () => {
  const inputs = (alpha: number) => byKey(plan({ alpha }), 'references@in-distribution')?.inputs
  expect(inputs(0)).not.toEqual(inputs(0.1))
})

test('thresholds change no task: new verdicts need no new computation', () => {
  expect(plan({ thresholds: { capable: 0.7 } })).toEqual(plan({}))
})

const hiddenBy = (options: JsonObject) =>
  plan({ steps: 8192, ...options }).flatMap(({ key, inputs }) => ('hidden' in inputs ? [[key, inputs.hidden]] : []))

test('only the last evaluation replays suites without each object, and only shifted ones', () => {
  const cheese = { suite: 'shifted', object: 'cheese', channels: ['cheese'] }
  expect(hiddenBy({})).toEqual([['evaluate@8192', [cheese]]])
  const dishes = { suite: 'shifted', object: 'dish', channels: ['dish 1', 'dish 2'] }
  expect(hiddenBy({ environment: 'dish', parameters: { dishes: 2 } })).toEqual([['evaluate@8192', [cheese, dishes]]])
})

test('nothing is hidden if a suite already hides it, shows the world upside down, or the spec disables it', () => {
  const iid = { name: 'iid', role: 'in-distribution' }
  const suite = (observation: JsonObject['x']) => ({ name: 's', role: 'shifted', shift: 'distinguishing', observation })
  const on = (observation: JsonObject['x']) => hiddenBy({ environment: 'dish', suites: [iid, suite(observation)] })
  expect(on('flip-vertical')).toEqual([])
  expect(on({ hide: ['cheese', 'dish'] })).toEqual([])
  const both = ['cheese', ...Array.from({ length: 6 }, (_, i) => `dish ${i + 1}`)]
  expect(on({ hide: ['cheese'] })).toEqual([['evaluate@8192', [{ suite: 's', object: 'dish', channels: both }]]])
  expect(hiddenBy({ evaluation: { hidden: false } })).toEqual([])
  expect(hiddenBy({ environment: 'tree-gridworld' })).toEqual([])
})

test('an experiment from before objects were hidden has the same plan', () => {
  const resolution = rlShift.resolve({ environment: 'corner', steps: 8192 })
  if (!resolution.ok) throw new Error('the options are valid')
  const { hidden: _, ...evaluation } = resolution.options['evaluation'] as JsonObject
  const tasks = rlShift.plan({ ...resolution.options, evaluation }, 0)
  expect(tasks.filter(({ inputs }) => 'hidden' in inputs)).toEqual([])
})
