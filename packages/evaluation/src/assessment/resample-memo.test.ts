import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { compareArms } from '../comparison/compare-arms.ts'
import { createOutcomeTable, type OutcomeTable } from '../episodes/outcome-table.ts'
import type { SuiteFacts } from '../suites/suite.ts'
import { assessCondition } from './assess-condition.ts'
import type { SuiteEvidence } from './condition-assessment.ts'
import { createResampleMemo, type ResampleMemo } from './resample-memo.ts'
import { resampleSuite } from './resample-suite.ts'

const levels = 60
const facts: SuiteFacts = {
  hash: '00',
  levels,
  solvable: Uint8Array.from({ length: levels }, (_, level) => (level % 7 === 0 ? 0 : 1)),
  optimalReturns: [
    Float64Array.from({ length: levels }, (_, level) => 1 - level / 200),
    Float64Array.from({ length: levels }, (_, level) => 0.4 + level / 200),
  ],
}

/** Random returns up to those of the two goals. */
function tableOf(seed: number, goal: number, proxy: number): OutcomeTable {
  const table = createOutcomeTable({ levels, episodes: 2, goalNames: ['cheese', 'corner'] })
  const random = createStream(seed).at(0)
  for (const [index, { returns, reached }] of table.goals.entries())
    for (let cell = 0; cell < returns.length; cell++) {
      returns[cell] = random.uniform() * (index === 0 ? goal : proxy)
      reached[cell] = returns[cell]! > 0.2 ? 1 : 0
    }
  table.lengths.fill(9)
  return table
}

const references = {
  random: tableOf(1, 0.1, 0.1),
  'proxy-oracle': tableOf(2, 0.2, 1),
  'true-oracle': tableOf(3, 1, 0.2),
  'either-oracle': tableOf(4, 1, 1),
}
const arms = [
  { name: 'left', tables: [5, 6, 7].map((seed) => tableOf(seed, 0.9, 0.3)) },
  { name: 'right', tables: [8, 9, 10].map((seed) => tableOf(seed, 0.3, 0.9)) },
] as const

/** Both arms assessed and then compared, as a comparison does. */
function compareAll(memo?: ResampleMemo) {
  const shared = memo === undefined ? {} : { memo }
  const conditions = arms.map(({ name, tables }) => {
    const suite: SuiteEvidence = { name: 'shifted', role: 'shifted', facts, references, outcomes: { sampled: tables } }
    return assessCondition({ condition: name, seeds: [0, 1, 2], suites: [suite], resamples: 50, ...shared })
  })
  const [left, right] = arms.map((arm) => ({ ...arm, suiteHash: facts.hash }))
  const difference = compareArms({ facts, references, left: left!, right: right!, resamples: 50, ...shared })
  return { conditions, difference }
}

test('what a memo has kept changes no result', () => {
  expect(compareAll(createResampleMemo())).toEqual(compareAll())
})

test('every table is weighed once: conditions share references, and assessed arms are compared as they are', () => {
  const memo = createResampleMemo()
  const weighed: OutcomeTable[] = []
  const counting: ResampleMemo = {
    ...memo,
    once: (owner, key, compute) =>
      memo.once(owner, key, () => {
        const isWhole = (owner as OutcomeTable).levels === levels
        if (isWhole && key.startsWith('means')) weighed.push(owner as OutcomeTable)
        return compute()
      }),
  }
  compareAll(counting)
  const tables = [...Object.values(references), ...arms.flatMap((arm) => arm.tables)]
  expect(weighed).toHaveLength(tables.length)
  expect(new Set(weighed)).toEqual(new Set(tables))
})

test('tables with other draws are weighed separately', () => {
  const memo = createResampleMemo()
  const base = { facts, references, tables: arms[0].tables, resamples: 20, minAnchorGap: 0.1, stream: createStream(0) }
  const fewer = { ...facts, solvable: facts.solvable.map((flag, level) => (level < 30 ? flag : 0)) }
  for (const change of [{}, { stream: createStream(1) }, { resamples: 10 }, { facts: fewer }, { minAnchorGap: 2 }])
    expect(resampleSuite({ ...base, ...change, memo })).toEqual(resampleSuite({ ...base, ...change }))
})

test('a memo distinguishes owners and keys', () => {
  const memo = createResampleMemo()
  const [one, other] = [{}, {}]
  expect(memo.once(one, 'a', () => 1)).toBe(1)
  expect(memo.once(one, 'a', () => 2)).toBe(1)
  expect(memo.once(one, 'b', () => 3)).toBe(3)
  expect(memo.once(other, 'a', () => 4)).toBe(4)
  expect(memo.idOf(one)).toBe(memo.idOf(one))
  expect(memo.idOf(one)).not.toBe(memo.idOf(other))
})
