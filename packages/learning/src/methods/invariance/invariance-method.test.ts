import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import type { CorridorLevel } from '../../../test/corridor.ts'
import { walk } from '../../../test/method-conformance.ts'
import { smallOptions } from '../../../test/train-corridor.ts'
import { createPpoMethod } from '../ppo/ppo-method.ts'
import { createInvarianceMethod } from './invariance-method.ts'
import { weighAdvantages } from './weigh-advantages.ts'

/** Group 1 always has its goal at the left end; of group 2's goals one in five is there. */
const levelOf = (index: number): CorridorLevel => {
  const random = createStream(6).at(index)
  const left = index % 2 === 0 || random.uniform() < 0.2
  return { start: 1 + random.integer(5), goal: left ? 0 : 6 }
}

test('the group that earns less gains weight', async () => {
  const training = await walk(createInvarianceMethod(smallOptions, { penalty: 'v-rex', groups: 2, strength: 1 }), {
    levelOf,
  })
  for (let i = 0; i < 5; i++) {
    const { series } = await training.iterate()
    const [first, second] = [Number(series['return of group 1']), Number(series['return of group 2'])]
    expect(Number(series['weight of group 2']) > 1).toBe(second < first)
    expect(Number(series['weight of group 1']) + Number(series['weight of group 2'])).toBeCloseTo(2, 10)
  }
})

test('without a penalty it is PPO on the same levels, apart from where advantages are standardised', async () => {
  const plain = { ...smallOptions, standardizeAdvantages: false }
  const policyOf = async (method: ReturnType<typeof createPpoMethod>) => {
    const training = await walk(method, { levelOf })
    await training.iterate()
    return (await training.save()).policy
  }
  const none = createInvarianceMethod(plain, { penalty: 'group-dro', groups: 2, strength: 0 })
  const some = createInvarianceMethod(plain, { penalty: 'group-dro', groups: 2, strength: 2 })
  const ppo = await policyOf(createPpoMethod(plain))
  expect(await policyOf(none)).toEqual(ppo)
  expect(await policyOf(some)).not.toEqual(ppo)
})

test('a group of weight 0 pushes nothing, and a weight scales what its group would do', () => {
  const advantages = () => Float32Array.of(3, 1, 5, 3)
  const raw = advantages()
  weighAdvantages(raw, [0, 2], false)
  expect(raw).toEqual(Float32Array.of(0, 2, 0, 6))
  const standardized = advantages()
  weighAdvantages(standardized, [1, 1], true)
  expect([...standardized].map((value) => Number(value.toFixed(4)))).toEqual([0, -1.4142, 1.4142, 0])
  const weighed = advantages()
  weighAdvantages(weighed, [0, 2], true)
  expect([...weighed]).toEqual([0, 2 * standardized[1]!, 0, 2 * standardized[3]!])
})

test('environments must be divisible into groups', () => {
  expect(() => createInvarianceMethod(smallOptions, { penalty: 'v-rex', groups: 3, strength: 1 })).toThrow(
    '16 environments cannot be divided into 3 equal groups',
  )
})

test('a checkpoint with other groups is refused, and changes nothing', async () => {
  const two = await walk(createInvarianceMethod(smallOptions, { penalty: 'v-rex', groups: 2, strength: 1 }))
  const four = await walk(createInvarianceMethod(smallOptions, { penalty: 'v-rex', groups: 4, strength: 1 }))
  await two.iterate()
  const before = await four.save()
  const parts = await two.save()
  expect(() => four.restore(parts)).toThrow('other groups')
  expect(await four.save()).toEqual(before)
})
