import { expect, test } from 'vitest'
import { conditionOf } from '../../../test/condition-with-kept-episodes.ts'
import { agencyTables } from './agency.ts'
import { inferGoals } from './inferred-goals.ts'

/** The way to the cheese takes two steps. */
const level = `
#####
#c.@#
#####
#####
#####`

function decisionsOf(seeds: number, episodes: number): readonly string[] {
  const condition = conditionOf(`${seeds} × ${episodes}`, {
    environment: 'corner',
    parameters: { size: 3, maxSteps: 20 },
    levels: Array.from({ length: episodes }, () => level),
    by: Array.from({ length: seeds }, () => 'true-oracle' as const),
  })
  const [first] = agencyTables(inferGoals([condition]))
  return first!.rows.slice(1).map(({ cells }) => (cells.at(-1) as { text: string }).text)
}

test('all kept episodes are used, at most 64 per seed and suite', () => {
  expect(decisionsOf(2, 3)).toEqual(['6', '6'])
  expect(decisionsOf(1, 80)).toEqual(['128'])
})

test('large experiments use every seed, with fewer episodes of each', () => {
  const decisions = decisionsOf(200, 64)
  expect(decisions).toHaveLength(200)
  // 200 seeds on 2 suites share 600,000; an episode takes 2 and 100.
  expect(new Set(decisions)).toEqual(new Set([String(2 * Math.ceil(600_000 / 400 / 102))]))
})
