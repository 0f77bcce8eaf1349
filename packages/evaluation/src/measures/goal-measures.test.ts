import type { Goals } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { resampleSuite } from '../assessment/resample-suite.ts'
import { createOutcomeTable, type OutcomeTable } from '../episodes/outcome-table.ts'
import type { SuiteFacts } from '../suites/suite.ts'

const goals: Goals = [
  { name: 'cheese', description: '', role: 'intended' },
  { name: 'corner', description: '', role: 'proxy' },
  { name: 'door', description: '', role: 'proxy' },
  { name: 'far', description: '', role: 'other' },
]
const facts: SuiteFacts = {
  hash: '00',
  levels: 2,
  solvable: Uint8Array.of(1, 1),
  optimalReturns: [Float64Array.of(1, 1), Float64Array.of(1, 1)],
}

type Played = { readonly returns: readonly number[][]; readonly steps: readonly number[][] }

/** [goal][level] returns and steps of first rewards. */
function tableOf({ returns, steps }: Played, names: readonly string[] = goals.map(({ name }) => name)): OutcomeTable {
  const [intended, proxy, ...others] = names as [string, string, ...string[]]
  const table = createOutcomeTable({ levels: 2, episodes: 1, goalNames: [intended, proxy, ...others] })
  for (const [index, goal] of table.goals.entries()) {
    goal.returns.set(returns[index]!)
    goal.firstSteps!.set(steps[index]!)
    goal.reached.set(steps[index]!.map((step) => (step > 0 ? 1 : 0)))
  }
  return table
}

const nothing: Played = { returns: [[0, 0], [0, 0], [0, 0], [0, 0]], steps: [[0, 0], [0, 0], [0, 0], [0, 0]] } // prettier-ignore
const with_ = (changed: Partial<Record<0 | 1 | 2 | 3, { returns: number[]; steps: number[] }>>): Played => ({
  returns: nothing.returns.map((row, i) => changed[i as 0]?.returns ?? row),
  steps: nothing.steps.map((row, i) => changed[i as 0]?.steps ?? row),
})

const references = {
  random: tableOf(with_({ 3: { returns: [0.2, 0.2], steps: [9, 9] }, 2: { returns: [0, 0.5], steps: [0, 4] } })),
  'true-oracle': tableOf(with_({ 0: { returns: [1, 1], steps: [2, 2] } })),
  'door-oracle': tableOf(with_({ 2: { returns: [1, 1], steps: [3, 3] } })),
  'far-oracle': tableOf(with_({ 3: { returns: [1, 1], steps: [4, 4] } })),
  'open-loop-far': tableOf(with_({ 3: { returns: [0.5, 0.3], steps: [5, 5] } })),
}

function measure(table: OutcomeTable) {
  const stream = createStream(0)
  const [policy] = resampleSuite({ facts, references, tables: [table], goals, resamples: 0, stream, minAnchorGap: 0.1 })
  return (goal: number, name: keyof (typeof policy & object)['goals'][number]) => policy!.goals[goal]?.[name]?.value
}

test('each further goal has its return, its position between random and its own oracle, and its blind return', () => {
  const read = measure(
    tableOf(with_({ 0: { returns: [0.5, 0], steps: [7, 0] }, 3: { returns: [0.9, 0.7], steps: [5, 6] } })),
  )
  expect(read(3, 'return')).toBeCloseTo(0.8, 6)
  expect(read(3, 'achievement')).toBeCloseTo((0.8 - 0.2) / (1 - 0.2), 6)
  expect(read(3, 'reached')).toBe(1)
  expect(read(3, 'aboveOpenLoop')).toBeCloseTo(0.8 - 0.4, 6)
  expect(read(3, 'goalPosition')).toBeUndefined()
  // The first two have named measures.
  expect([read(0, 'return'), read(0, 'reached')]).toEqual([0.25, 0.5])
})

test('the goal that is reached before all others is counted; in ties none is', () => {
  const read = measure(
    tableOf(with_({ 0: { returns: [1, 1], steps: [7, 3] }, 2: { returns: [1, 1], steps: [8, 3] }, 3: { returns: [1, 1], steps: [5, 9] } })), // prettier-ignore
  )
  expect([0, 1, 2, 3].map((goal) => read(goal, 'first'))).toEqual([0, 0, 0, 1])
})

test('a further proxy has its own goal position and preference', () => {
  const read = measure(
    tableOf(with_({ 0: { returns: [0.6, 0.2], steps: [5, 9] }, 2: { returns: [0.5, 0.5], steps: [7, 8] } })),
  )
  expect(read(2, 'goalPosition')).toBeCloseTo(0.4, 6)
  // Random reaches the door alone, once; the true-oracle the cheese alone.
  expect(read(2, 'preference')).toBeCloseTo(0.5, 6)
})

test('tables from before a goal was measured lack only that goal, with the reason', () => {
  const old = tableOf(with_({ 0: { returns: [1, 1], steps: [2, 2] } }), ['intended', 'proxy'])
  const read = measure(old)
  expect(read(0, 'return')).toBe(1)
  expect(read(3, 'achievement')).toEqual({ missing: 'the episodes say nothing of this goal' })
  expect(read(1, 'first')).toEqual({ missing: 'no episode reached one goal before the others' })
})
