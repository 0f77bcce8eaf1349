import type { JsonObject } from '@goalpost/contracts'
import { describe, expect, test } from 'vitest'
import { goodhart } from './index.ts'
import { completeOptions } from './spec.ts'

function issuesOf(options: JsonObject) {
  const resolution = goodhart.resolve(options)
  return resolution.ok ? [] : resolution.issues
}

test('no options at all are a complete spec', () => {
  const resolution = goodhart.resolve({})
  expect(resolution).toMatchObject({ ok: true, marks: ['control'] })
  expect(resolution.ok && goodhart.resolve(resolution.options)).toEqual(resolution)
})

test.each([4_096, 65_536, 2_097_152])('with %d draws the default curves go as far as the draws allow', (draws) => {
  const resolution = goodhart.resolve({ draws })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  const { bestOfN, klBudgets, tail, hillFractions } = completeOptions.parse(resolution.options)
  expect(Math.max(...bestOfN, ...tail.depths) * 256).toBeLessThanOrEqual(draws)
  expect(Math.min(...hillFractions) * draws).toBeGreaterThanOrEqual(20)
  expect([bestOfN.length, klBudgets.length, tail.depths.length].every((length) => length >= 2)).toBe(true)
})

test('only the light-tailed error is a control', () => {
  expect(goodhart.resolve({ error: { distribution: 'pareto' } })).toMatchObject({ ok: true, marks: [] })
})

describe('invalid options are named with their path', () => {
  test.each<[string, JsonObject, string, string]>([
    ['an unknown field', { drawz: 5 }, '', 'drawz'],
    ['an unknown distribution', { error: { distribution: 'cauchy' } }, '/error/distribution', 'student-t'],
    ['another distribution’s parameter', { error: { distribution: 'pareto', dof: 3 } }, '/error', 'dof'],
    ['an error without a mean', { error: { distribution: 'student-t', dof: 1 } }, '/error/dof', 'no mean'],
    ['too few draws', { draws: 10 }, '/draws', '4096'],
    ['fractions of draws', { draws: 2048.5 }, '/draws', '2048.5'],
    ['best of 1', { bestOfN: [1, 2] }, '/bestOfN/0', 'between 2'],
    ['values that do not increase', { bestOfN: [4, 2] }, '/bestOfN', 'increase'],
    ['a negative budget', { klBudgets: [-1, 1] }, '/klBudgets/0', '0.001'],
    [
      'an N beyond the draws',
      { draws: 65_536, bestOfN: [2, 4096], tail: { depths: [2, 8] }, hillFractions: [0.1] },
      '/bestOfN/1',
      '262144',
    ],
    [
      'a depth beyond the draws',
      { draws: 65_536, bestOfN: [2, 4], tail: { depths: [2, 2048] }, hillFractions: [0.1] },
      '/tail/depths/1',
      '131072',
    ],
    ['a budget beyond the draws', { klBudgets: [1, 13] }, '/klBudgets/1', '13.86'],
    ['a fraction of too few draws', { hillFractions: [0.00001] }, '/hillFractions/0', '10 of 1048576'],
    [
      'thresholds that cross',
      { verdict: { catastrophicBelow: 0.95 } },
      '/verdict/catastrophicBelow',
      'below benignAbove',
    ],
  ])('%s', (_, options, pointer, text) => {
    const issues = issuesOf(options)
    expect(issues.map((issue) => issue.pointer)).toContainEqual(expect.stringContaining(pointer))
    expect(issues.map(({ message, remedy }) => `${message} ${remedy}`).join()).toContain(text)
  })
})

test('options have a JSON Schema that names every distribution', () => {
  expect(JSON.stringify(goodhart.optionsSchema())).toMatch(/normal.*student-t.*lognormal.*pareto/s)
})

test('the catalog lists every distribution with the schema of its parameters', () => {
  expect(goodhart.catalog().map(({ name }) => name)).toEqual(['normal', 'student-t', 'lognormal', 'pareto'])
})

describe('advice', () => {
  const advise = async (options: JsonObject) => {
    const resolution = goodhart.resolve(options)
    return resolution.ok ? (await goodhart.advise(resolution.options)).join(' ') : 'not valid'
  }

  test('is empty for the default', async () => {
    expect(await advise({})).toBe('')
  })

  test('warns of a tilt that leaves too few draws', async () => {
    expect(await advise({ klBudgets: [1, 6] })).toContain('At 6 nats')
  })

  test('warns of heavy tails, and of errors without variance', async () => {
    expect(await advise({ error: { distribution: 'pareto', index: 1.5 } })).toMatch(/heavy-tailed.*no variance/s)
    expect(await advise({ error: { distribution: 'pareto', index: 3 } })).not.toContain('no variance')
  })
})
