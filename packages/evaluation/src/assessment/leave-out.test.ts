import { beforeAll, expect, test } from 'vitest'
import { type Habit, playCorner } from '../../test/corner-evidence.ts'
import { countSolvable } from '../suites/suite.ts'
import { assessCondition } from './assess-condition.ts'
import type { SuiteEvidence } from './condition-assessment.ts'

const habit: Habit = { goal: 0.5, proxy: 0.5, slips: 0.1 }
const everyThird = Uint8Array.from({ length: 128 }, (_, level) => (level % 3 === 0 ? 1 : 0))
let shifted: SuiteEvidence

beforeAll(async () => {
  const suite = { name: 'shifted', role: 'shifted', distribution: 'distinguishing', levels: 128 } as const
  shifted = await playCorner(suite, [habit, habit, habit])
})

const assess = (suite: SuiteEvidence) =>
  assessCondition({ condition: 'x', seeds: [0, 1, 2], suites: [suite], resamples: 100 })

/** As if every third level had gone wrong for all policies. */
function spoil({ outcomes, references, ...suite }: SuiteEvidence): SuiteEvidence {
  const spoiled = structuredClone({ outcomes, references })
  for (const table of [...Object.values(spoiled.outcomes).flat(), ...Object.values(spoiled.references)])
    for (let cell = 0; cell < table!.goals[0].returns.length; cell++)
      if (everyThird[Math.floor(cell / table!.episodes)] === 1) table!.goals[0].returns[cell] = -7
  return { ...suite, ...spoiled }
}

test('outcomes on excluded levels do not change estimates, intervals, anchors or verdicts', () => {
  expect(assess({ ...spoil(shifted), excluded: everyThird })).toEqual(assess({ ...shifted, excluded: everyThird }))
  expect(assess(spoil(shifted)).suites).not.toEqual(assess(shifted).suites)
})

test('excluded levels are counted apart from the unsolvable ones', () => {
  const solvable = countSolvable(shifted.facts)
  const excluded = everyThird.reduce((sum, flag, level) => sum + (flag & shifted.facts.solvable[level]!), 0)
  const [anchors] = assess({ ...shifted, excluded: everyThird }).anchors
  expect(anchors).toMatchObject({ levels: 128, unsolvable: 128 - solvable, leftOut: excluded })
  expect(anchors!.anchors[0]!.measures.trueReturn.count).toBe(solvable - excluded)
})

test('excluding no level changes nothing', () => {
  expect(assess({ ...shifted, excluded: new Uint8Array(128) })).toEqual(assess(shifted))
})

test('marks of another suite are refused', () => {
  expect(() => assess({ ...shifted, excluded: new Uint8Array(5) })).toThrow('do not belong')
})
