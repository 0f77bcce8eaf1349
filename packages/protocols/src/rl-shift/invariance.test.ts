import type { JsonObject } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { planOf } from '../../test/execute-run.ts'
import { rlShift } from './index.ts'
import { trainingLevels } from './subjects/trained/training-levels.ts'

const options: JsonObject = {
  environment: 'corner',
  parameters: { size: 5 },
  alpha: 0.2,
  steps: 9_216,
  method: { kind: 'invariance', groups: 3 },
  ppo: { environments: 96, rolloutSteps: 16 },
}
const inputsOf = (given: JsonObject, key: RegExp) => planOf(given, 0).find((task) => key.test(task.key))!.inputs

test('groups share the condition’s α between them, in the training and where its levels are drawn again', () => {
  const groups = [0, 0.2, 0.4]
  expect(inputsOf(options, /^train$/)).toMatchObject({ alpha: 0.2, groups, method: { penalty: 'v-rex', strength: 2 } })
  expect(inputsOf(options, /^evaluate@9216$/)).toMatchObject({ training: { groups } })
  expect(inputsOf({ ...options, method: 'ppo' }, /^train$/)).not.toHaveProperty('groups')
})

test('the proxy disagrees on the levels of a group as often as its α says', () => {
  const world = { environment: 'corner', parameters: { size: 5 }, alpha: 0.5, levels: 'fresh' } as const
  const parameters = rlShift.resolve(options)
  if (!parameters.ok) throw new Error('refused')
  const levelOf = trainingLevels({ ...world, ...pick(parameters.options), groups: [0, 1] }, 4)
  const plain = trainingLevels({ ...world, ...pick(parameters.options), alpha: 0 }, 4)
  const all = trainingLevels({ ...world, ...pick(parameters.options), alpha: 1 }, 4)
  for (let index = 0; index < 40; index++) expect(levelOf(index)).toEqual(index % 2 === 0 ? plain(index) : all(index))
})

const pick = ({ parameters }: JsonObject) => ({ parameters })

test.each([
  [{ alpha: 0 }, '/alpha', 'α = 0'],
  [{ alpha: 0.6 }, '/alpha', 'α = 0.6'],
  [{ levels: 100 }, '/levels', 'not 100 fixed ones'],
  [{ ppo: { environments: 64, rolloutSteps: 16 } }, '/ppo/environments', '64 environments cannot be divided into 3'],
])('groups are refused with %j', (change, pointer, message) => {
  const resolution = rlShift.resolve({ ...options, ...change })
  const issues = resolution.ok ? [] : resolution.issues
  expect(issues).toContainEqual(
    expect.objectContaining({ pointer, message: expect.stringContaining(message) as string }),
  )
})
