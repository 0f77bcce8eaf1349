import type { RunEvidence } from '@goalpost/experiments'
import type { SuiteEvidence } from '@goalpost/evaluation'
import { expect, test } from 'vitest'
import { generalizationTable } from './generalization-table.ts'

type Given = Parameters<typeof generalizationTable>[0][number]

/** A policy's outcomes: its true and proxy returns on every level. */
const played = (trueReturns: readonly number[], proxyReturns: readonly number[]) => ({
  goals: [{ returns: Float32Array.from(trueReturns) }, { returns: Float32Array.from(proxyReturns) }],
})

function conditionOf(levels: 'fresh' | number, training: readonly (number | null)[], acting = 'sampled'): Given {
  const runs = training.map((value, seed): RunEvidence => {
    const measures = [{ name: 'training true return', labels: {}, value: value ?? { missing: 'no episode ended' } }]
    return {
      seed,
      state: 'succeeded',
      tasks: [{ key: 'train', kind: 'train', inputs: {}, result: { measures, artifacts: [] } }],
    }
  })
  const suite = (name: string, role: string, table: ReturnType<typeof played>) =>
    ({ name, role, outcomes: { [acting]: training.map(() => table) } }) as unknown as SuiteEvidence
  return {
    evidence: { name: `levels ${levels}`, options: {}, marks: [], runs },
    options: { levels } as Given['options'],
    suites: [
      suite('iid', 'in-distribution', played([1, 0], [1, 0])),
      suite('shifted', 'shifted', played([0.25, 0.25], [0.5, 1])),
      suite('farther', 'shifted', played([0, 0], [0, 0.5])),
    ],
  }
}

const textOf = (rows: ReturnType<typeof generalizationTable>[number]['rows']) =>
  rows.map(({ cells }) => cells.map((cell) => ('text' in cell ? cell.text : cell.estimate.value)))

test('shows returns on training, fresh and shifted levels, and how much better the training levels are', () => {
  const [table] = generalizationTable([conditionOf(1000, [0.75, 1]), conditionOf('fresh', [0.5, 0.5])])
  expect(textOf(table!.rows)).toEqual([
    ['levels 1000', '1,000', 0.875, 0.5, 0.375, 'shifted', 0.25, 0.75],
    ['', '', '', '', '', 'farther', 0, 0.25],
    ['levels fresh', 'fresh ones', 0.5, 0.5, 0, 'shifted', 0.25, 0.75],
    ['', '', '', '', '', 'farther', 0, 0.25],
  ])
})

test('leaves out seeds without a training return', () => {
  const [table] = generalizationTable([conditionOf(100, [null, 1])])
  expect(textOf(table!.rows)[0]!.slice(2, 5)).toEqual([1, 0.5, 0.5])
})

test('is left out if all conditions train on fresh levels, or none was evaluated with sampled actions', () => {
  expect(generalizationTable([conditionOf('fresh', [1])])).toEqual([])
  expect(generalizationTable([conditionOf(100, [1], 'greedy')])).toEqual([])
})
