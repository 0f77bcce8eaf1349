import type { JsonObject } from '@goalpost/contracts'
import { describe, expect, test } from 'vitest'
import { rlShift } from './index.ts'

function issuesOf(options: JsonObject): string[] {
  const resolution = rlShift.resolve(options)
  return resolution.ok ? [] : resolution.issues.map(({ pointer, message }) => `${pointer} ${message}`)
}

function resolved(options: JsonObject) {
  const resolution = rlShift.resolve(options)
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return resolution
}

const suites = (...list: JsonObject[]) => [{ name: 'iid', role: 'in-distribution', distribution: 'training' }, ...list]

describe('options are complete once resolved', () => {
  test("the environment's parameters and both suites are filled in", () => {
    const { options } = resolved({ environment: 'corner', parameters: { size: 5 } })
    expect(options).toMatchObject({
      parameters: { size: 5, wallProbability: 0.25, maxSteps: 128, discount: 0.999 },
      suites: [
        { name: 'in-distribution', distribution: 'training' },
        { name: 'shifted', distribution: 'distinguishing', levels: 2048 },
      ],
    })
  })

  test('resolving twice changes nothing', () => {
    const { options } = resolved({ environment: 'dish' })
    expect(resolved(options).options).toEqual(options)
  })
})

describe('options that make a result meaningless are refused', () => {
  test('a shifted suite with the agreeing levels of training', () => {
    const [issue] = issuesOf({
      environment: 'corner',
      suites: suites({ name: 's', role: 'shifted', distribution: 'non-distinguishing' }),
    })
    expect(issue).toMatch(/^\/suites\/1\/distribution .*labelled shifted but holds the levels of training/)
  })

  test('a shifted suite that is the training mixture itself, except where the whole mixture is the shift', () => {
    const trainingAsShift = suites({ name: 's', role: 'shifted', distribution: 'training' })
    expect(issuesOf({ environment: 'corner', alpha: 0.5, suites: trainingAsShift })).toHaveLength(1)
    expect(issuesOf({ environment: 'corner', alpha: 1, suites: trainingAsShift })).toEqual([])
  })

  test('a shift of parameters alone is a shift', () => {
    const longer = { name: 's', role: 'shifted', distribution: 'training', parameters: { maxSteps: 256 } }
    expect(issuesOf({ environment: 'corner', suites: suites(longer) })).toEqual([])
  })

  test('suites of one name, a missing role, an unknown distribution', () => {
    const twice = { name: 's', role: 'shifted', distribution: 'distinguishing' }
    expect(issuesOf({ environment: 'corner', suites: suites(twice, twice) })).toEqual([
      '/suites/2/name There are two suites called s',
    ])
    expect(issuesOf({ environment: 'corner', suites: [twice] })).toEqual([
      '/suites There is no suite with the role in-distribution',
    ])
    const [unknown] = issuesOf({ environment: 'corner', suites: suites({ ...twice, distribution: 'dist' }) })
    expect(unknown).toBe('/suites/1/distribution corner has no distribution called dist')
  })

  test('unknown parameters of the environment, with the closest known one', () => {
    const resolution = rlShift.resolve({ environment: 'corner', parameters: { maxStep: 32 } })
    expect(resolution.ok).toBe(false)
    expect(JSON.stringify(resolution)).toContain('/parameters/maxStep')
    expect(JSON.stringify(resolution)).toContain('maxSteps')
  })

  test('a shift of parameters to training’s own values', () => {
    const same = { name: 's', role: 'shifted', distribution: 'non-distinguishing', parameters: { size: 5 } }
    const [issue] = issuesOf({ environment: 'corner', parameters: { size: 5 }, suites: suites(same) })
    expect(issue).toMatch(/labelled shifted but holds the levels of training/)
  })

  test('an acting mode named twice', () => {
    const [issue] = issuesOf({ environment: 'corner', evaluation: { acting: ['sampled', 'sampled'] } })
    expect(issue).toMatch(/^\/evaluation\/acting\/1 .*sampled/)
  })

  test('sizes that are valid singly and together fit into no machine', () => {
    const [rollout] = issuesOf({
      environment: 'corner',
      ppo: { environments: 4096, rolloutSteps: 4096, minibatches: 256 },
    })
    expect(rollout).toMatch(/^\/ppo\/rolloutSteps 16777216 samples/)
    const large = { name: 's', role: 'shifted', distribution: 'distinguishing', levels: 100_000 }
    const [episodes] = issuesOf({ environment: 'corner', suites: suites(large), evaluation: { episodesPerLevel: 100 } })
    expect(episodes).toMatch(/^\/suites\/1\/levels 10000000 episodes/)
  })

  test('samples that cannot be cut into equal minibatches', () => {
    const [issue] = issuesOf({ environment: 'corner', ppo: { environments: 10, rolloutSteps: 10, minibatches: 7 } })
    expect(issue).toMatch(/^\/ppo\/minibatches 100 samples/)
  })

  test.each([
    ['alpha above 1', { alpha: 1.5 }, '/alpha'],
    ['an unknown environment', { environment: 'cornre' }, '/environment'],
    ['no steps', { steps: 0 }, '/steps'],
    ['an unknown network', { network: { kind: 'transformer' } }, '/network'],
    ['a threshold that does not exist', { thresholds: { capabel: 1 } }, '/thresholds/capabel'],
  ])('%s', (_, options, pointer) => {
    const [issue] = issuesOf({ environment: 'corner', ...options } as JsonObject)
    expect(issue).toMatch(new RegExp(`^${pointer}`))
  })
})

test('a condition trained only on the shift is marked a control', () => {
  expect(resolved({ environment: 'corner', alpha: 1 }).marks).toEqual(['control'])
  expect(resolved({ environment: 'corner', alpha: 0.99 }).marks).toEqual([])
})
