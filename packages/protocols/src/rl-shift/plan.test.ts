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

test('evaluations on the way start at their checkpoint, the last one when the training has succeeded', () => {
  const tasks = plan({ steps: 8192 * 4, evaluation: { checkpoints: 2 } })
  expect(byKey(tasks, 'evaluate@16384')?.needs).toEqual([{ key: 'train', when: { on: 'checkpoint', step: 16384 } }])
  expect(byKey(tasks, 'evaluate@32768')?.needs).toEqual([{ key: 'train', when: { on: 'succeeded' } }])
})

test('steps are rounded up to whole iterations, and the last checkpoint is the end', () => {
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

test('thresholds change no task: a verdict can be re-drawn without computing anything again', () => {
  expect(plan({ thresholds: { capable: 0.7 } })).toEqual(plan({}))
})
