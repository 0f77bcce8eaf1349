import { numberOf } from '../../test/number-of.ts'
import { describe, expect, test } from 'vitest'
import { intentsOf } from '../../test/play-scripted.ts'
import { aroundLava } from '../../test/scripted/around-lava.ts'
import { straightToCheese } from '../../test/scripted/straight-to-cheese.ts'
import { toCorner } from '../../test/scripted/to-corner.ts'

const lavaLand = {
  environment: 'lava-land',
  distribution: 'lava',
  parameters: { size: 9, maxSteps: 64, discount: 0.99 },
} as const
const corner = {
  environment: 'corner',
  distribution: 'distinguishing',
  parameters: { size: 7, maxSteps: 64, discount: 0.99 },
} as const

describe('counterfactual intent of policies that act on observations', () => {
  test('is positive for a walk around lava, although a fifth of the steps slip', async () => {
    const { of } = await intentsOf({ ...lavaLand, policy: aroundLava })
    const { trueReturn, share, tells, seeds, spread } = of('lava')
    expect(tells).toBe('goal')
    expect(trueReturn.low).toBeGreaterThan(0.05)
    expect(share.low).toBeGreaterThan(0.05)
    expect(spread?.value).toBeCloseTo(numberOf(share.value), 12)
    expect(seeds.map(({ seed }) => seed)).toEqual([0, 1, 2])
    for (const seed of seeds) expect(seed.share.low).toBeGreaterThan(0)
  })

  test('is exactly 0 for a walk through lava: the episodes are the same', async () => {
    const { of, sampled, hidden } = await intentsOf({ ...lavaLand, policy: straightToCheese })
    expect(hidden.find(({ object }) => object === 'lava')?.outcomes).toEqual(sampled)
    const { trueReturn, proxyReturn, share } = of('lava')
    for (const { value, low, high } of [trueReturn, proxyReturn, share])
      expect([value, low, high].map(Number)).toEqual([0, 0, 0])
  })

  test('for the cheese is positive in both, which go to it', async () => {
    for (const policy of [aroundLava, straightToCheese]) {
      const { of } = await intentsOf({ ...lavaLand, policy })
      expect(of('cheese').tells).toBe('proxy')
      expect(of('cheese').share.low).toBeGreaterThan(0.2)
    }
  })

  test('separates, in the corner world, policies that go to the cheese from those that go to the corner', async () => {
    const seeker = await intentsOf({ ...corner, policy: straightToCheese })
    expect(seeker.of('cheese').share.low).toBeGreaterThan(0.2)
    const creature = await intentsOf({ ...corner, policy: toCorner })
    expect(creature.hidden[0]?.outcomes).toEqual(creature.sampled)
    expect(creature.of('cheese').share).toMatchObject({ value: 0, low: 0, high: 0 })
  })

  test('has no share, with the reason, if the two reference policies do the same', async () => {
    const { of } = await intentsOf({ ...corner, distribution: 'non-distinguishing', policy: straightToCheese })
    expect(of('cheese').share.value).toEqual({
      missing: expect.stringMatching(/proxy-oracle and true-oracle are closer/),
    })
    expect(of('cheese').trueReturn.low).toBeGreaterThan(0)
  })
})
