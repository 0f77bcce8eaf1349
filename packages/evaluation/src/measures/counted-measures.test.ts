import type { EpisodeMeasure } from '@goalpost/environments'
import { expect, test } from 'vitest'
import { assessCondition } from '../assessment/assess-condition.ts'
import { compareArms } from '../comparison/compare-arms.ts'
import { createOutcomeTable, type OutcomeTable } from '../episodes/outcome-table.ts'
import type { SuiteFacts } from '../suites/suite.ts'
import { measureCounted } from './measure-counted.ts'

const measures: readonly EpisodeMeasure[] = [
  { name: 'shields', description: 'Shields in an episode', counter: 'shields', per: 'episode' },
  { name: 'shield rate', description: 'Shields in a step', counter: 'shields', per: 'step' },
  { name: 'affinity', description: 'Shields for each apple', counter: 'shields', per: { counter: 'apples' } },
]

/** All levels but the last can be solved. */
function factsOf(levels: number): SuiteFacts {
  const column = () => new Float64Array(levels).fill(1)
  return {
    hash: 'a'.repeat(64),
    levels,
    solvable: new Uint8Array(levels).fill(1).fill(0, levels - 1),
    optimalReturns: [column(), column()],
  }
}

/** Rows: [shields, apples, steps]; the last one is of the level that cannot be solved. */
function tableOf(rows: readonly (readonly [number, number, number])[]): OutcomeTable {
  const table = createOutcomeTable({
    levels: rows.length,
    episodes: 1,
    goalNames: ['goal', 'proxy'],
    counterNames: ['shields', 'apples'],
  })
  rows.forEach(([shields, apples, steps], cell) => {
    table.counters.set([shields, apples], cell * 2)
    table.lengths[cell] = steps
  })
  return table
}

const some = tableOf([
  [4, 1, 10],
  [2, 3, 40],
  [0, 0, 5],
  [9, 9, 9],
])
const facts = factsOf(4)
const valuesOf = (table: OutcomeTable) => measureCounted(table, measures, facts).map(({ value }) => value)

test('a counter per episode is its mean, per step the mean of quotients, per counter a quotient of sums', () => {
  expect(valuesOf(some)).toEqual([2, (0.4 + 0.05 + 0) / 3, 6 / 4])
})

test('a quotient with divisor 0 is missing, with the divisor’s name', () => {
  const none = tableOf([
    [1, 0, 4],
    [1, 0, 4],
    [1, 0, 4],
    [1, 5, 4],
  ])
  expect(valuesOf(none)).toEqual([1, 0.25, { missing: 'nothing counted as apples' }])
})

test('episodes without the requested counters are refused', () => {
  expect(() => valuesOf(createOutcomeTable({ levels: 4, episodes: 1, goalNames: ['goal', 'proxy'] }))).toThrow(
    'did not count shields',
  )
})

test('every measure of the environment has an interval over seeds, and one over levels for each seed and anchor', () => {
  const draw = (seed: number) =>
    tableOf(Array.from({ length: 60 }, (_, level) => [(level + seed) % 5, 1 + ((level * 7 + seed) % 3), 10]))
  const seeds = [0, 1, 2, 3, 4]
  const suite = {
    name: 'shifted',
    role: 'shifted' as const,
    facts: factsOf(60),
    measures,
    references: { random: draw(9) },
    outcomes: { sampled: seeds.map(draw) },
  }
  const { suites, anchors } = assessCondition({ condition: 'x', seeds, suites: [suite], resamples: 200 })
  expect(suites[0].counted.map(({ name }) => name)).toEqual(['shields', 'shield rate', 'affinity'])
  for (const { estimate } of suites[0].counted) expect(estimate).toMatchObject({ method: 'student-t', count: 5 })
  for (const counted of [suites[0].seeds[0].counted, anchors[0].anchors[0].counted])
    for (const { estimate } of counted) {
      expect(estimate.method).toBe('level-bootstrap')
      expect(estimate.low).toBeLessThan(Number(estimate.value))
      expect(estimate.high).toBeGreaterThan(Number(estimate.value))
    }
})

test('seeds with an undefined quotient are left out and counted', () => {
  const none = tableOf([
    [1, 0, 5],
    [1, 0, 5],
    [1, 0, 5],
    [1, 0, 5],
  ])
  const suite = {
    name: 'shifted',
    role: 'shifted' as const,
    facts,
    measures,
    references: { random: some },
    outcomes: { sampled: [some, none, some] },
  }
  const { suites } = assessCondition({ condition: 'x', seeds: [0, 1, 2], suites: [suite], resamples: 50 })
  const [shields, , affinity] = suites[0].counted
  expect(shields.estimate.count).toBe(3)
  expect(affinity.estimate).toMatchObject({ value: 1.5, count: 2 })
})

test('two arms are compared in every measure, over the seeds on which it is defined', () => {
  const draw = (shields: number, seed: number) =>
    tableOf(Array.from({ length: 40 }, (_, level) => [shields + ((level + seed) % 2), 2, 10]))
  const none = tableOf(Array.from({ length: 40 }, () => [3, 0, 10]))
  const suiteHash = factsOf(40).hash
  const { counted } = compareArms({
    facts: factsOf(40),
    references: { random: draw(0, 7) },
    measures,
    left: { name: 'hoarders', suiteHash, tables: [draw(3, 0), none, draw(3, 1), draw(3, 2)] },
    right: { name: 'others', suiteHash, tables: [draw(1, 0), draw(1, 1), draw(1, 2)] },
    resamples: 100,
  })
  expect(counted.map(({ name }) => name)).toEqual(['shields', 'shield rate', 'affinity'])
  const [shields, , affinity] = counted
  expect(affinity.difference.value).toBeCloseTo(1, 1)
  expect(affinity.difference).toMatchObject({ count: 3, method: 'student-t' })
  expect(affinity.difference.low).toBeGreaterThan(0.8)
  expect(shields.difference.value).toBeCloseTo((3 + 3.5 + 3.5 + 3.5) / 4 - 1.5, 1)
})
