import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { createOutcomeTable, type OutcomeTable } from '../episodes/outcome-table.ts'
import type { SuiteFacts } from '../suites/suite.ts'
import { resampleSuite } from './resample-suite.ts'

const levels = 12
const facts: SuiteFacts = {
  hash: '00',
  levels,
  solvable: new Uint8Array(levels).fill(1),
  optimalReturns: [new Float64Array(levels).fill(1), new Float64Array(levels).fill(1)],
}

function tableOf(episodes: number, seed: number): OutcomeTable {
  const table = createOutcomeTable({ levels, episodes, goalNames: ['cheese', 'corner'] })
  const random = createStream(seed).at(0)
  for (const { returns } of table.goals) returns.set(Float32Array.from(returns, () => random.uniform()))
  return table
}

const [blind, oracle, seed] = [tableOf(1, 1), tableOf(3, 2), tableOf(2, 3)]

function trueReturns(tables: readonly OutcomeTable[], drawn?: readonly OutcomeTable[]): Float64Array[] {
  const stream = createStream(0)
  const shared = { facts, references: {}, resamples: 20, stream, minAnchorGap: 0.1 }
  const policies = resampleSuite({ ...shared, tables, ...(drawn === undefined ? {} : { drawn }) })
  return policies.map(({ trueReturn }) => trueReturn.replicates)
}

test('fewer tables have the same replicates if the same episodes are drawn', () => {
  const all = [blind, oracle, seed]
  const [, ofOracle, ofSeed] = trueReturns(all)
  expect(trueReturns([oracle, seed], all)).toEqual([ofOracle, ofSeed])
  expect(trueReturns([seed], all)).toEqual([ofSeed])
  // Without them the draws differ, as every number of episodes per level is drawn in turn.
  expect(trueReturns([seed])).not.toEqual([ofSeed])
})
