import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { closestName } from './closest-name.ts'
import { explainZodError } from './explain.ts'
import { experimentSpec } from '@goalpost/contracts'

function issuesOf(schema: z.ZodType, input: unknown) {
  const parsed = schema.safeParse(input)
  return parsed.success ? [] : explainZodError(parsed.error, schema, input)
}

const spec = { apiVersion: 'goalpost/v1', protocol: 'toy', name: 'a' }

describe('faults of a spec are reported with path and remedy', () => {
  const cases: readonly [what: string, input: unknown, pointer: string, message: RegExp, remedy?: RegExp][] = [
    ['an unknown field', { ...spec, sedes: 5 }, '/sedes', /unknown field `sedes`/, /Did you mean `seeds`\?/],
    [
      'an unknown nested field',
      { ...spec, resources: { treads: 2 } },
      '/resources/treads',
      /unknown field/,
      /`threads`/,
    ],
    [
      'an unknown field in a list',
      { ...spec, conditions: [{ name: 'a', nmae: 'b' }] },
      '/conditions/0/nmae',
      /unknown/,
      /`name`/,
    ],
    [
      'an unknown field in a union',
      { ...spec, seeds: { first: 1, count: 2, cuont: 2 } },
      '/seeds/cuont',
      /unknown/,
      /`count`/,
    ],
    [
      'a field unlike any other',
      { ...spec, xylophone: 1 },
      '/xylophone',
      /unknown field/,
      /Known: `apiVersion`, `protocol`/,
    ],
    ['out of range', { ...spec, priority: 500 }, '/priority', /must be between -100 and 100, but is 500/],
    [
      'not finite',
      { ...spec, priority: Number.POSITIVE_INFINITY },
      '/priority',
      /must be a finite number, but is Infinity/,
    ],
    [
      'NaN',
      { ...spec, resources: { threads: Number.NaN } },
      '/resources/threads',
      /must be a finite number, but is NaN/,
    ],
    [
      'not finite in options',
      { ...spec, options: { a: { b: [1, Number.NaN] } } },
      '/options/a/b/1',
      /finite number, but is NaN/,
    ],
    ['a fraction', { ...spec, priority: 1.5 }, '/priority', /must be a whole number, but is 1.5/],
    ['a wrong type', { ...spec, name: 7 }, '/name', /must be a text, but is 7/, /Write it in quotes.*: "7"/],
    ['a number with underscores', { ...spec, priority: '1_0' }, '/priority', /must be a number/, /underscores: 10$/],
    ['a number in quotes', { ...spec, priority: '10' }, '/priority', /must be a number/, /Leave out the quotes: 10$/],
    ['seeds with underscores', { ...spec, seeds: '1_024' }, '/seeds', /must be/, /underscores: 1024$/],
    ['a truth value in quotes', { ...spec, fresh: 'true' }, '/fresh', /must be true or false/, /quotes: true$/],
    ['a blank name', { ...spec, name: ' \t' }, '/name', /must hold more than blanks/],
    ['an empty name', { ...spec, name: '' }, '/name', /must have between 1 and 120 characters, but is empty/],
    ['missing', { apiVersion: 'goalpost/v1', protocol: 'toy' }, '/name', /is missing: a text is needed/],
    [
      'an enum',
      { ...spec, resources: { device: 'cup' } },
      '/resources/device',
      /must be one of "cpu", "gpu", but is "cup"/,
      /`cpu`/,
    ],
    ['another version', { ...spec, apiVersion: 'v2' }, '/apiVersion', /must be "goalpost\/v1", but is "v2"/],
    [
      'no branch of a union',
      { ...spec, seeds: 'five' },
      '/seeds',
      /must be a whole number, an object or a list|must be a number, an object or a list/,
    ],
    ['the numeric branch', { ...spec, seeds: 0 }, '/seeds', /must be (between 1 and 1000|at least 1), but is 0/],
    ['inside the list branch', { ...spec, seeds: [1, -2] }, '/seeds/1', /must be between 0 and 4294967295, but is -2/],
    ['not an object', 'hello', '', /must be an object, but is "hello"/],
    ['null', null, '', /must be an object, but is null/],
    ['an empty list', { ...spec, conditions: [] }, '/conditions', /must have between 1 and 200 items, but is empty/],
    ['a long value', { ...spec, name: 'x'.repeat(121) }, '/name', /between 1 and 120 characters, but has 121/],
    [
      'a pointer that needs escaping',
      { ...spec, grid: { 'a/b~c': [] } },
      '/grid/a~1b~0c',
      /at least 1 items, but is empty/,
    ],
  ]
  test.each(cases)('%s', (_what, input, pointer, message, remedy) => {
    const issues = issuesOf(experimentSpec, input)
    expect(issues).toHaveLength(1)
    expect(issues[0]?.pointer).toBe(pointer)
    expect(issues[0]?.message).toMatch(message)
    if (remedy !== undefined) expect(issues[0]?.remedy).toMatch(remedy)
  })
})

test('every unknown field is its own issue', () => {
  const issues = issuesOf(experimentSpec, { ...spec, sedes: 1, lables: {}, descripton: 'x' })
  expect(issues.map(({ remedy }) => remedy)).toEqual([
    'Did you mean `seeds`?',
    'Did you mean `labels`?',
    'Did you mean `description`?',
  ])
})

test('a field that is one level too high is named with its path', () => {
  const schema = z.strictObject({
    steps: z.number().optional(),
    ppo: z.strictObject({ learningRate: z.number(), rate: z.number() }).partial().optional(),
    other: z.strictObject({ rate: z.number() }).optional(),
  })
  const remedies = (input: unknown) => issuesOf(schema, input).map(({ remedy }) => remedy)
  expect(remedies({ learningRate: 1 })).toEqual(['Did you mean `ppo.learningRate`?'])
  expect(remedies({ rate: 1 })).toEqual(['Did you mean `ppo.rate` or `other.rate`?'])
  expect(remedies({ step: 1 })).toEqual(['Did you mean `steps`?'])
})

test('a prefix is prepended to every pointer', () => {
  const schema = z.strictObject({ a: z.number() })
  const parsed = schema.safeParse({ b: 1 })
  const issues = parsed.success ? [] : explainZodError(parsed.error, schema, { b: 1 }, '/conditions/0/options')
  expect(issues.map(({ pointer }) => pointer).toSorted()).toEqual([
    '/conditions/0/options/a',
    '/conditions/0/options/b',
  ])
})

describe('all kinds of schemas', () => {
  const shape = z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('mlp'), hidden: z.array(z.number().int().min(1)) }),
    z.strictObject({ type: z.literal('conv'), filters: z.number() }),
  ])
  test('a discriminated union explains only the named branch', () => {
    expect(issuesOf(shape, { type: 'mlp', hiden: [1], hidden: [2] })).toEqual([
      { pointer: '/hiden', message: 'unknown field `hiden`', remedy: 'Did you mean `hidden`?' },
    ])
    expect(issuesOf(shape, { type: 'mlp', hidden: [2], filtres: 1 })[0]?.remedy).toBe('Known: `type`, `hidden`')
  })
  test('an unknown discriminator lists the options', () => {
    expect(issuesOf(z.object({ net: shape }), { net: { type: 'conf' } })).toEqual([
      { pointer: '/net/type', message: 'must be one of "mlp", "conv", but is "conf"', remedy: 'Did you mean `conv`?' },
    ])
  })
  test('wrappers are looked through', () => {
    const wrapped = z.strictObject({
      a: z
        .strictObject({ depth: z.number().default(1) })
        .prefault({})
        .readonly()
        .optional(),
      b: z.record(z.string(), z.strictObject({ width: z.number() })).nullable(),
      c: z.lazy(() => z.strictObject({ height: z.number() })).transform((value) => value.height),
    })
    const issues = issuesOf(wrapped, { a: { dept: 1 }, b: { x: { width: 1, widht: 2 } }, c: { height: 1, heigth: 1 } })
    expect(issues.map(({ pointer, remedy }) => [pointer, remedy])).toEqual([
      ['/a/dept', 'Did you mean `depth`?'],
      ['/b/x/widht', 'Did you mean `width`?'],
      ['/c/heigth', 'Did you mean `height`?'],
    ])
  })
  test('open ends of a range are distinguished from closed ones', () => {
    const level = z.number().gt(0).lt(1)
    expect(issuesOf(level, 1)[0]?.message).toBe('must be more than 0 and less than 1, but is 1')
    expect(issuesOf(level, 0)[0]?.message).toBe('must be more than 0 and less than 1, but is 0')
  })
  test('a multiple, a format and a refinement state their requirement', () => {
    expect(issuesOf(z.number().multipleOf(4), 6)[0]?.message).toBe('must be a multiple of 4, but is 6')
    expect(issuesOf(z.uuid(), 'x')[0]?.message).toBe('must be a valid uuid, but is "x"')
    expect(
      issuesOf(
        z.number().refine((n) => n > 1, 'must not be so small'),
        1,
      )[0]?.message,
    ).toBe('must not be so small')
  })
  test('the branch of a union with the fewest faults is explained', () => {
    const union = z.union([z.strictObject({ low: z.number(), high: z.number() }), z.strictObject({ mean: z.number() })])
    expect(issuesOf(union, { mean: 'x' })).toEqual([{ pointer: '/mean', message: 'must be a number, but is "x"' }])
  })
})

describe('closestName', () => {
  test.each([
    ['sedes', 'seeds'],
    ['naem', 'name'],
    ['protcol', 'protocol'],
    ['distribtuions', 'distributions'],
  ])('%s is taken for %s', (given, meant) => expect(closestName(given, ['clip', meant])).toBe(meant))
  test('spelling conventions do not count as differences', () => {
    expect(closestName('learning_rate', ['clip', 'learningRate'])).toBe('learningRate')
  })
  test.each([
    ['foo', 'bar'],
    ['foo', 'fab'],
    ['seeds', 'steps'],
  ])('%s is not taken for %s', (given, name) => expect(closestName(given, [name])).toBeNull())
})

test('of a hostile number of faults only the first are explained, at once', () => {
  const unknown = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`sedes${index}`, 0]))
  // Processor time, as a busy machine takes longer by the clock.
  const started = process.threadCpuUsage()
  expect(issuesOf(experimentSpec, { ...spec, ...unknown })).toHaveLength(50)
  expect(
    issuesOf(
      z.array(z.string()),
      Array.from({ length: 10_000 }, () => 1),
    ),
  ).toHaveLength(50)
  const { user, system } = process.threadCpuUsage(started)
  expect((user + system) / 1_000).toBeLessThan(2_000)
})
