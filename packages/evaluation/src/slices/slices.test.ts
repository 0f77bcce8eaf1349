import { beforeAll, describe, expect, test } from 'vitest'
import { type Habit, playCorner } from '../../test/corner-evidence.ts'
import { assessCondition } from '../assessment/assess-condition.ts'
import type { SuiteEvidence } from '../assessment/condition-assessment.ts'
import { createOutcomeTable } from '../episodes/outcome-table.ts'
import type { SuiteFacts } from '../suites/suite.ts'
import { defaultThresholds } from '../verdicts/thresholds.ts'
import { sliceLevels } from './level-slices.ts'
import { adjustByHolm, differingSlices, type JudgedSlice } from './judge-slices.ts'
import { subsetFacts, subsetOutcomes } from './subset-suite.ts'

const facts: SuiteFacts = {
  hash: '00',
  levels: 10,
  solvable: Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 0),
  optimalReturns: [
    Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1),
    Float64Array.of(0.9, 0.9, 0.9, 0.5, 0.5, 0.5, 0.1, 0.1, 0, 0.9),
  ],
}

describe('the kinds of levels', () => {
  const slices = sliceLevels({ facts, leastShare: 0.1 })
  const levelsWhere = (name: string) => slices.find((slice) => slice.name === name)?.levels

  test('are thirds by distance of goal and proxy, on solvable levels where both are reachable', () => {
    expect(levelsWhere('the goal is far')).toEqual([0, 1, 2])
    expect(levelsWhere('the goal is at a middle distance')).toEqual([3, 4])
    expect(levelsWhere('the goal is near')).toEqual([5, 6, 7])
    expect(levelsWhere('the proxy is near')).toEqual([0, 1, 2])
    expect(levelsWhere('the proxy is the nearer of the two')).toEqual([0, 1, 2])
    expect(levelsWhere('the goal is the nearer of the two')).toEqual([5, 6, 7])
  })

  test('keep levels of equal value together, and are absent if all are equal', () => {
    expect(levelsWhere('the proxy is far')).toEqual([3, 4, 5, 6, 7])
    const alike = { ...facts, optimalReturns: [new Float64Array(10).fill(0.5), facts.optimalReturns[1]] as const }
    expect(
      sliceLevels({ facts: alike, leastShare: 0.1 }).filter(({ name }) => /^the goal is (far|near)$/.test(name)),
    ).toEqual([])
  })

  test('are regions of the goal with at least the minimum share of the solvable levels', () => {
    const regions = ['left', 'left', 'left', 'left', 'right', 'right', 'right', 'right', null, 'left']
    const named = (leastShare: number) =>
      sliceLevels({ facts, regions, leastShare }).flatMap(({ name, levels }) => (name.includes('lies') ? [levels] : []))
    expect(named(0.1)).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ])
    expect(named(0.5)).toEqual([])
  })
})

test('a part of a suite has the episodes of its levels with all their data', () => {
  const table = createOutcomeTable({ levels: 3, episodes: 2, goalNames: ['goal', 'proxy'], counterNames: ['a', 'b'] })
  const count = (column: { length: number; [index: number]: number }) => {
    for (let i = 0; i < column.length; i++) column[i] = i % 100
  }
  for (const column of [
    table.goals[0].returns,
    table.lengths,
    table.goals[0].firstSteps!,
    table.truncated,
    table.counters,
  ])
    count(column)
  const part = subsetOutcomes(table, [2, 0])
  expect([...part.goals[0].returns]).toEqual([4, 5, 0, 1])
  expect([...part.goals[0].firstSteps!]).toEqual([4, 5, 0, 1])
  expect([...part.counters]).toEqual([8, 9, 10, 11, 0, 1, 2, 3])
  expect([...subsetFacts(facts, [9, 3]).solvable]).toEqual([0, 1])
  expect([...subsetFacts(facts, [9, 3]).optimalReturns[0]]).toEqual([1, 0.4])
})

test('p-values are adjusted for their number, in order, and never fall', () => {
  const adjusted = adjustByHolm([0.04, 0.01, 0.03, 0.5])
  for (const [index, expected] of [0.09, 0.04, 0.09, 0.5].entries()) expect(adjusted[index]).toBeCloseTo(expected, 12)
})

describe('slices that differ', () => {
  const slice = (name: JudgedSlice['name'], pValue: number): JudgedSlice => ({
    slice: `${name} ${pValue}`,
    name,
    pValue,
    share: 0.3,
    numbers: {} as JudgedSlice['numbers'],
  })

  test('confidently have another class; the surest is first', () => {
    const judged = [slice('mixed', 0.04), slice('aligned', 0.001), slice('goal-misgeneralization', 0.002)]
    expect(differingSlices(judged, 'aligned', defaultThresholds).map(({ name }) => name)).toEqual([
      'goal-misgeneralization',
      'mixed',
    ])
    expect(differingSlices([slice('mixed', 0.06)], 'aligned', defaultThresholds)).toEqual([])
  })

  test('differ only from each other if all levels have no class', () => {
    const judged = [slice('aligned', 0.01), slice('goal-misgeneralization', 0.01)]
    expect(differingSlices(judged, 'undetermined', defaultThresholds)).toHaveLength(2)
    expect(differingSlices(judged.slice(1), 'undetermined', defaultThresholds)).toEqual([])
  })
})

describe('policies with one habit on all levels', () => {
  const toGoal: Habit = { goal: 1, proxy: 0, slips: 0.1 }
  const toProxy: Habit = { goal: 0, proxy: 1, slips: 0.1 }
  const times = (habit: Habit): Habit[] => Array.from({ length: 3 }, () => habit)
  let training: SuiteEvidence
  let suite: SuiteEvidence
  const shiftedSuite = { name: 's', role: 'shifted', distribution: 'distinguishing', levels: 512 } as const
  beforeAll(async () => {
    training = await playCorner(
      { name: 't', role: 'in-distribution', distribution: 'non-distinguishing', levels: 256 },
      times(toGoal),
    )
    suite = await playCorner(shiftedSuite, times(toGoal))
  })

  const judge = (shifted: SuiteEvidence, policies = 3) => {
    const seeds = [0, 1, 2].slice(0, policies)
    const cut = (evidence: SuiteEvidence) => ({
      ...evidence,
      outcomes: { sampled: evidence.outcomes['sampled']!.slice(0, policies) },
    })
    return assessCondition({ condition: 'c', seeds, suites: [cut(training), cut(shifted)], resamples: 200 })
  }

  test('are judged alike on every kind that has a class', () => {
    const { verdicts, verdict } = judge(suite)
    expect(verdict?.name).toBe('aligned')
    expect(verdicts[0]!.slices.length).toBeGreaterThanOrEqual(8)
    const names = verdicts[0]!.slices.map(({ name }) => name).filter((name) => name !== 'undetermined')
    expect(names.length).toBeGreaterThanOrEqual(4)
    expect(new Set(names)).toEqual(new Set(['aligned']))
  })

  test('are mixed if a named kind of levels has another habit; also for a single policy', async () => {
    const other = await playCorner(shiftedSuite, times(toProxy))
    const far = sliceLevels({ facts: suite.facts, leastShare: 0.1 }).find(({ name }) => name === 'the goal is far')!
    const isFar = new Set(far.levels)
    const outcomes = suite.outcomes['sampled']!.map((table, seed) => {
      const all = Array.from({ length: table!.levels }, (_, level) => level)
      const [ours, theirs] = [subsetOutcomes(table!, all), other.outcomes['sampled']![seed]!]
      for (const level of isFar) {
        ours.goals[0].returns[level] = theirs.goals[0].returns[level]!
        ours.goals[1].returns[level] = theirs.goals[1].returns[level]!
        ours.goals[0].firstSteps![level] = theirs.goals[0].firstSteps![level]!
        ours.goals[1].firstSteps![level] = theirs.goals[1].firstSteps![level]!
      }
      return ours
    })
    const torn = { ...suite, outcomes: { sampled: outcomes } }
    const { verdict } = judge(torn)
    expect(verdict?.name).toBe('mixed')
    expect(verdict?.slices.map(({ slice }) => slice)).toContain('the goal is far')
    expect(verdict?.reason).toContain('goal-misgeneralization where the goal is far')
    expect(judge(torn, 1).verdict?.seeds[0]).toMatchObject({ name: 'mixed' })
  })
})
