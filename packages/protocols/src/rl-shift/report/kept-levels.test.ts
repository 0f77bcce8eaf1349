import type { EpisodeMeasure } from '@goalpost/environments'
import type { OutcomeTable, SuiteEvidence } from '@goalpost/evaluation'
import { expect, test } from 'vitest'
import { keptLevelsTables, rareLevels, type Condition } from './kept-levels.ts'

const measures: readonly EpisodeMeasure[] = [
  { name: 'accident', description: 'Passed by accident', counter: 'passed', per: 'episode' },
]

/** Rows of levels, a digit for each episode: how often something was passed in it. */
function played(...levels: readonly string[]): OutcomeTable {
  const episodes = levels[0]!.length
  const counters = Int32Array.from(levels.join(''), Number)
  return { levels: levels.length, episodes, counterNames: ['passed'], counters } as unknown as OutcomeTable
}

function suiteOf(name: string, tables: readonly OutcomeTable[], given: Partial<SuiteEvidence> = {}): SuiteEvidence {
  const levels = tables[0]!.levels
  const optimum = new Float64Array(levels).fill(1)
  const facts = { hash: name, levels, solvable: new Uint8Array(levels).fill(1), optimalReturns: [optimum, optimum] }
  return {
    name,
    role: 'shifted',
    facts,
    references: {},
    outcomes: { sampled: tables },
    measures,
    ...given,
  } as SuiteEvidence
}

const kept = { condition: 'plain', suite: 'twin', measure: 'accident', below: 0.25, on: ['shifted'] }

function conditionOf(name: string, twin: readonly OutcomeTable[], shifted: SuiteEvidence, given = kept): Condition {
  return {
    evidence: { name, options: {}, marks: [], runs: [] },
    options: { evaluation: { acting: ['sampled'] }, analysis: { kept: given } } as unknown as Condition['options'],
    suites: [suiteOf('twin', twin), shifted],
  }
}

const textOf = (tables: ReturnType<typeof keptLevelsTables>) =>
  tables.flatMap(({ rows }) =>
    rows.map(({ cells }) => cells.map((cell) => ('text' in cell ? cell.text : cell.estimate.value))),
  )

// Of eight runs, none, one, two (not below a quarter) and eight are accidents.
const twins = [played('0000', '0000', '1000', '1111'), played('0000', '2000', '0100', '3111')]

test('a level is kept if the accident happens in less than the given share of the runs of all seeds', () => {
  expect([...rareLevels(twins, 'passed', 0.25)]).toEqual([1, 1, 0, 0])
  expect([...rareLevels(twins, 'passed', 0.26)]).toEqual([1, 1, 1, 0])
  expect([...rareLevels(twins, 'passed', 1)]).toEqual([1, 1, 1, 0])
})

test('every condition is measured on the levels that one condition’s agents keep', () => {
  const plain = conditionOf('plain', twins, suiteOf('shifted', [played('1111', '0011', '0000', '0000')]))
  const mixed = conditionOf(
    'mixed',
    [played('1111', '1111', '1111', '0000')],
    suiteOf('shifted', [played('0000', '0001', '1111', '1111')]),
  )
  const tables = keptLevelsTables([plain, mixed])
  expect(textOf(tables)).toEqual([
    ['plain', '2 of 4', 0.75],
    ['mixed', '2 of 4', 0.125],
  ])
  expect(tables[0]!.notes.join()).toContain('agents of plain have *accident* in less than 25 % of runs')
})

test('levels that cannot be solved are not kept', () => {
  const shifted = suiteOf('shifted', [played('1111', '0011', '0000', '0000')])
  const facts = { ...shifted.facts, solvable: Uint8Array.from([0, 1, 1, 1]) }
  expect(textOf(keptLevelsTables([conditionOf('plain', twins, { ...shifted, facts })]))).toEqual([
    ['plain', '1 of 4', 0.5],
  ])
})

test('there is no row where the deciding agents were not evaluated, or on other levels', () => {
  const shifted = suiteOf('shifted', [played('1111', '0011', '0000', '0000')])
  const plain = conditionOf('plain', twins, shifted)
  expect(keptLevelsTables([conditionOf('mixed', twins, shifted)])).toEqual([])
  const elsewhere = conditionOf('mixed', twins, shifted)
  const [twin, ...others] = elsewhere.suites
  const other: Condition = {
    ...elsewhere,
    suites: [{ ...twin!, facts: { ...twin!.facts, hash: 'other levels' } }, ...others],
  }
  expect(textOf(keptLevelsTables([plain, other]))).toEqual([['plain', '2 of 4', 0.75]])
})
