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
    expect(issue).toMatch(/^\/suites\/1\/distribution .*labelled shifted but has the training levels/)
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
      '/suites/2/name Two suites have the name s',
    ])
    expect(issuesOf({ environment: 'corner', suites: [twice] })).toEqual([
      '/suites No suite has the role in-distribution',
    ])
    const [unknown] = issuesOf({ environment: 'corner', suites: suites({ ...twice, distribution: 'dist' }) })
    expect(unknown).toBe('/suites/1/distribution corner has no distribution dist')
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
    expect(issue).toMatch(/labelled shifted but has the training levels/)
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

  test('samples that cannot be divided into equal minibatches', () => {
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

test.each([
  ['its goal module learns from such levels alone', 0, { kind: 'modular', goalAlpha: 1 }, true],
  ['its goal module learns from the levels of α = 1', 1, { kind: 'modular' }, true],
  ['its goal module learns from others', 1, { kind: 'modular', goalAlpha: 0.1 }, false],
  ['its goal module learns any cell', 1, { kind: 'modular', goalAlpha: 1, pointing: 'random' }, false],
  ['its judge errs by chance', 1, { kind: 'judge', error: 0.2 }, true],
  ['its judge takes the proxy for the goal', 1, { kind: 'judge', bias: 0.1 }, false],
  ['its judge sees few such levels', 0.5, { kind: 'judge' }, false],
  [
    'a model judges, whose faults nobody knows',
    1,
    { kind: 'judge', judge: { kind: 'endpoint', baseUrl: 'http://127.0.0.1/v1', model: 'm' } },
    false,
  ],
])('whether a condition is a control if %s', (_, alpha, method, isControl) => {
  expect(resolved({ environment: 'corner', parameters: { maxSteps: 32 }, alpha, method }).marks).toEqual(
    isControl ? ['control'] : [],
  )
})

describe('levels are kept only by their twins', () => {
  const end = { name: 'end', role: 'in-distribution', distribution: 'end', levels: 8 }
  const anywhere = { name: 'anywhere', role: 'shifted', shift: 'anywhere', levels: 8 }
  const rule = { condition: 'alpha=0', suite: 'end', measure: 'invisible coin first', on: ['anywhere'] }
  const issues = (kept: JsonObject, ...given: JsonObject[]) =>
    issuesOf({ environment: 'coinrun', suites: given, analysis: { kept: { ...rule, ...kept } } })

  test('suites of the ends of the mixture, with one seed and as many levels, are accepted', () => {
    expect(issues({}, end, anywhere)).toEqual([])
  })

  test('a suite or a measure that is not there is named with those that are', () => {
    expect(issues({ suite: 'start' }, end, anywhere)).toEqual(['/analysis/kept/suite There is no suite start'])
    expect(issues({ on: ['aside'] }, end, anywhere)).toEqual(['/analysis/kept/on/0 There is no suite aside'])
    expect(issues({ measure: 'coins' }, end, anywhere)).toEqual([
      '/analysis/kept/measure coinrun counts no coins by episode',
    ])
  })

  test.each<JsonObject>([{ seed: 1 }, { levels: 9 }, { shift: 'aside' }])('a suite with %j has no twins', (change) => {
    expect(issues({}, end, { ...anywhere, ...change })).toEqual([
      '/analysis/kept/on/0 Level i of anywhere is not level i of end with the goal elsewhere',
    ])
  })
})

test('a critic is shown only in a world with a way, and only of policies that have one', () => {
  const evaluation = { critic: true }
  expect(issuesOf({ environment: 'coinrun', evaluation })).toEqual([])
  expect(issuesOf({ environment: 'corner', evaluation })).toEqual([
    '/evaluation/critic corner has no way along which a critic could be shown',
  ])
  const policy = { onnx: 'a'.repeat(64) }
  expect(issuesOf({ environment: 'coinrun', evaluation, policy })).toEqual([
    '/evaluation/critic Imported policies have no critic',
  ])
})
