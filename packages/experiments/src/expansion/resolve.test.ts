import { jsonObject, experimentSpec, limits, type ExperimentSpecInput, type InputIssue } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import type { Protocol } from '../ports/protocol.ts'
import { resolveSpec } from './resolve.ts'

/** Knows `train.alpha` (0 to 1, required), `train.network` and `list`. */
const protocol: Protocol = {
  name: 'shift',
  version: '3',
  title: '',
  description: '',
  verdicts: [],
  optionsSchema: () => ({}),
  resolve(options) {
    const train = jsonObject.parse(options['train'] ?? {})
    const { alpha } = train
    const issues: InputIssue[] = []
    if (typeof alpha !== 'number' || alpha < 0 || alpha > 1)
      issues.push({ pointer: '/train/alpha', message: 'must be a number from 0 to 1' })
    const list = Array.isArray(options['list']) ? options['list'] : []
    list.forEach((value, index) => {
      if (value < 0) issues.push({ pointer: `/list/${index}`, message: 'must not be negative' })
    })
    if (issues.length > 0) return { ok: false, issues }
    return {
      ok: true,
      options: { list: [], ...options, train: { network: 'mlp', ...train } },
      marks: alpha === 1 ? ['control'] : [],
    }
  },
  plan: () => [],
  advise: () => [],
  report: () => ({ title: '', summary: '', parts: [] }),
  compare: () => ({ title: '', summary: '', parts: [] }),
  catalog: () => [],
}

const protocols = new Map([[protocol.name, protocol]])

function resolve(spec: Partial<ExperimentSpecInput>) {
  return resolveSpec(
    experimentSpec.parse({ apiVersion: 'goalpost/v1', protocol: 'shift', name: 'x', ...spec }),
    protocols,
  )
}

function resolved(spec: Partial<ExperimentSpecInput>) {
  const resolution = resolve(spec)
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return resolution.resolved
}

function issues(spec: Partial<ExperimentSpecInput>): readonly InputIssue[] {
  const resolution = resolve(spec)
  return resolution.ok ? [] : resolution.issues
}

const alpha = (value: number) => ({ train: { alpha: value } })

describe('a resolved spec', () => {
  it('has one condition named default if the spec names none', () => {
    expect(resolved({ options: alpha(0.5) }).conditions).toEqual([
      { name: 'default', options: { list: [], train: { alpha: 0.5, network: 'mlp' } }, marks: [] },
    ])
  })

  it('merges the options of a condition over the common ones, member by member, lists as a whole', () => {
    const { conditions } = resolved({
      options: { train: { alpha: 0, network: 'conv' }, list: [1, 2, 3] },
      conditions: [
        { name: 'a', options: alpha(0.1) },
        { name: 'b', description: 'the control', options: { ...alpha(1), list: [9] } },
      ],
    })
    expect(conditions).toEqual([
      { name: 'a', options: { list: [1, 2, 3], train: { alpha: 0.1, network: 'conv' } }, marks: [] },
      {
        name: 'b',
        description: 'the control',
        options: { list: [9], train: { alpha: 1, network: 'conv' } },
        marks: ['control'],
      },
    ])
  })

  it('numbers long values in the names of a grid, and keeps them in descriptions', () => {
    const world = (size: number) => ({ walls: 'x'.repeat(60), size })
    const { conditions } = resolved({ options: alpha(0), grid: { world: [world(1), world(2)], size: [3] } })
    expect(conditions.map(({ name }) => name)).toEqual(['world=#1,size=3', 'world=#2,size=3'])
    expect(conditions[1]?.description).toBe(`world=${JSON.stringify(world(2))},size=3`)
    expect(conditions[1]?.options).toMatchObject({ world: world(2), size: 3 })
    const long = (letter: string) => letter.repeat(30)
    const axes = Object.fromEntries(['a', 'b', 'c', 'd'].map((letter) => [long(letter), [1, 2]]))
    const all = resolved({ options: alpha(0), grid: axes }).conditions
    expect(all.at(-1)?.name).toBe('#2,#2,#2,#2')
    expect(all.at(-1)?.description).toContain(`${long('d')}=2`)
  })

  it('has a condition for each combination of a grid, named by its values', () => {
    const { conditions } = resolved({ grid: { 'train.alpha': [0, 0.1], 'train.network': ['mlp', 'conv'] } })
    expect(conditions.map(({ name, options }) => [name, options['train']])).toEqual([
      ['alpha=0,network=mlp', { alpha: 0, network: 'mlp' }],
      ['alpha=0,network=conv', { alpha: 0, network: 'conv' }],
      ['alpha=0.1,network=mlp', { alpha: 0.1, network: 'mlp' }],
      ['alpha=0.1,network=conv', { alpha: 0.1, network: 'conv' }],
    ])
  })

  it('names the whole path if two axes end alike', () => {
    const { conditions } = resolved({ options: alpha(0), grid: { 'a.size': [1], 'b.size': [2] } })
    expect(conditions.map(({ name }) => name)).toEqual(['a.size=1,b.size=2'])
  })

  it.each([
    [3, [0, 1, 2]],
    [{ first: 100, count: 2 }, [100, 101]],
    [
      [7, 3],
      [7, 3],
    ],
  ])('lists the seeds of %j', (seeds, expected) => {
    expect(resolved({ options: alpha(0), seeds }).seeds).toEqual(expected)
  })

  it('names the version of the protocol that resolved it', () => {
    expect(resolved({ options: alpha(0) })).toMatchObject({ protocol: 'shift', protocolVersion: '3' })
  })

  it('treats `__proto__` as an ordinary name', () => {
    const options = jsonObject.parse(JSON.parse('{"train":{"alpha":0},"__proto__":{"polluted":true}}'))
    resolved({ options: alpha(0), grid: { '__proto__.polluted': [true] } })
    resolve({ options, conditions: [{ name: 'a', options }] })
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})

describe('an issue points into the sent document', () => {
  const pointers = (spec: Partial<ExperimentSpecInput>) => issues(spec).map(({ pointer }) => pointer)

  it('to the condition that sets the value', () => {
    const conditions = [
      { name: 'a', options: alpha(0) },
      { name: 'b', options: alpha(2) },
    ]
    expect(pointers({ options: alpha(0.3), conditions })).toEqual(['/conditions/1/options/train/alpha'])
  })

  it('to the axis of the grid that sets it, and the value', () => {
    expect(pointers({ grid: { 'train.alpha': [0, 7] } })).toEqual(['/grid/train.alpha/1'])
    expect(pointers({ options: alpha(0), grid: { list: [[1], [2, -1]] } })).toEqual(['/grid/list/1/1'])
  })

  it('to the axis alone, once, if every value has the same error', () => {
    expect(pointers({ grid: { 'train.alpha': [7, 8, 9] } })).toEqual(['/grid/train.alpha'])
    expect(pointers({ grid: { 'train.alpha': [7, 8, 0] } })).toEqual(['/grid/train.alpha/0', '/grid/train.alpha/1'])
  })

  it('to the common options, once, if all conditions inherit the value', () => {
    const conditions = [
      { name: 'a', options: { list: [1] } },
      { name: 'b', options: { list: [2] } },
    ]
    expect(pointers({ options: alpha(-1), conditions })).toEqual(['/options/train/alpha'])
  })

  it('to the place of a missing value', () => {
    expect(pointers({})).toEqual(['/options/train/alpha'])
    expect(pointers({ conditions: [{ name: 'a', options: { train: { network: 'conv' } } }] })).toEqual([
      '/conditions/0/options/train/alpha',
    ])
  })

  it('with names escaped as in RFC 6901', () => {
    expect(pointers({ options: alpha(0), grid: { 'a/b~c..d': [1] } })).toEqual(['/grid/a~1b~0c..d'])
  })
})

describe('a spec is refused, with a remedy,', () => {
  const cases: [string, Partial<ExperimentSpecInput>, Partial<InputIssue>][] = [
    [
      'for an unknown protocol',
      { protocol: 'shfit', options: alpha(0) },
      { pointer: '/protocol', remedy: 'Did you mean `shift`?' },
    ],
    [
      'for a seed that is listed twice',
      { options: alpha(0), seeds: [3, 4, 3] },
      { pointer: '/seeds/2', message: 'seed 3 is already listed, at /seeds/0' },
    ],
    [
      'for seeds beyond the largest',
      { options: alpha(0), seeds: { first: 2 ** 32 - 1, count: 2 } },
      { pointer: '/seeds' },
    ],
    [
      'for a grid beside conditions',
      { grid: { a: [1] }, conditions: [{ name: 'a' }] },
      { pointer: '/grid', message: '`grid` and `conditions` are both given' },
    ],
    ['for an empty grid', { options: alpha(0), grid: {} }, { pointer: '/grid', message: 'the grid is empty' }],
    [
      'for a path within another',
      { options: alpha(0), grid: { a: [{}], 'a.b': [1] } },
      { pointer: '/grid/a.b', message: '`a.b` is part of `a`' },
    ],
    [
      'for a condition named twice',
      {
        conditions: [
          { name: 'a', options: alpha(0) },
          { name: 'a', options: alpha(1) },
        ],
      },
      { pointer: '/conditions/1/name' },
    ],
    [
      'for conditions that come to the same',
      {
        conditions: [
          { name: 'a', options: alpha(0) },
          { name: 'b', options: { train: { alpha: 0, network: 'mlp' } } },
        ],
      },
      { pointer: '/conditions/1', message: 'the conditions `a` and `b` resolve to the same options' },
    ],
    [
      'for a value that a grid has twice',
      { grid: { 'train.alpha': [0, 0] } },
      { pointer: '/grid', message: 'condition `alpha=0` already exists at /grid' },
    ],
    [
      'for a long value that a grid has twice',
      { options: alpha(0), grid: { text: ['x'.repeat(100), 'x'.repeat(100)] } },
      { pointer: '/grid', message: 'condition `text=#1` already exists at /grid' },
    ],
    [
      'for more runs than allowed',
      { seeds: 1_000, grid: { 'train.alpha': [0, 0.5, 1] } },
      { pointer: '/seeds', message: '3 conditions × 1000 seeds = 3000 runs, more than the 2000 allowed' },
    ],
  ]
  it.each(cases)('%s', (_, spec, expected) => {
    const [issue, ...others] = issues(spec)
    expect(issue).toMatchObject(expected)
    expect(issue?.remedy).toBeTruthy()
    expect(others).toEqual([])
  })

  it('for a grid with too many combinations, with their number, before it is expanded', () => {
    const axis = Array.from({ length: 1_000 }, (_, index) => index)
    const started = performance.now()
    const [issue] = issues({ options: alpha(0), grid: { a: axis, b: axis, c: axis, d: axis } })
    expect(issue?.message).toContain('1000 × 1000 × 1000 × 1000 = 1000000000000 conditions')
    expect(issue?.message).toContain(`${limits.conditionsPerExperiment} allowed`)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('at once for a grid of very many axes, although its product is one', () => {
    const names = Array.from({ length: 60_000 }, (_, index) => `axis${index}`)
    const started = performance.now()
    const found = issues({ options: alpha(0), grid: Object.fromEntries(names.map((name) => [name, [0]])) })
    expect(found).toMatchObject([
      { pointer: '/grid', message: expect.stringMatching(/60000 axes, more than the \d+ allowed/) },
    ])
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('for a path deeper than any options, before anything recurses into it', () => {
    const deep = Array.from({ length: 50_000 }, () => 'a').join('.')
    const [issue] = issues({ options: alpha(0), grid: { [deep]: [0] } })
    expect(issue?.message).toMatch(/is 50000 levels deep, more than the \d+ allowed/)
  })

  it('with a limited number of issues, however many conditions and options are wrong', () => {
    const negative = Array.from({ length: 1_000 }, () => -1)
    const conditions = Array.from({ length: 200 }, (_, index) => ({
      name: `c${index}`,
      options: { ...alpha(0), list: negative },
    }))
    expect(issues({ seeds: 1, conditions }).length).toBeLessThanOrEqual(1_000)
  })

  it('with everything that is wrong at once', () => {
    expect(
      issues({
        seeds: [1, 1],
        conditions: [
          { name: 'a', options: alpha(5) },
          { name: 'a', options: alpha(6) },
        ],
      }),
    ).toHaveLength(4)
  })
})
