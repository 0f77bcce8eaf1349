import { type Environment, environments, type ReferenceName, referenceNames } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { createReferencePolicy } from '../episodes/batch-policy.ts'
import { evaluateEpisodes } from '../episodes/evaluate-episodes.ts'
import type { OutcomeTable } from '../episodes/outcome-table.ts'
import { createSuite } from '../suites/create-suite.ts'
import { assessCondition } from './assess-condition.ts'
import type { SuiteEvidence, SuiteRole } from './condition-assessment.ts'

const small = { size: 5, maxSteps: 32, discount: 0.99 }
const worlds = new Map<string, Record<string, unknown>>([
  ['corner', small],
  ['dish', small],
  ['lava-land', { ...small, shiftedLavaThreshold: -0.1, lavaScale: 3 }],
])

/** An oracle as if it were what three seeds had learned, on a suite where the reference policies played as well. */
async function playOracle(name: string, oracle: ReferenceName, role: SuiteRole): Promise<SuiteEvidence> {
  const environment = environments.get(name) as Environment
  const parameters = environment.parameters.parse(worlds.get(name))
  const source = { alpha: role === 'shifted' ? 1 : 0 }
  const { facts, levels } = createSuite(environment, parameters, { source, levels: 512, seed: 1 })
  const references: Partial<Record<ReferenceName, OutcomeTable>> = {}
  for (const reference of referenceNames) {
    const simulator = environment.createSimulator(parameters, 64)
    const policy = createReferencePolicy(environment, parameters, { name: reference, simulator })
    const uniform = createStream(0).named('actions')
    const { discount } = environment.horizon(parameters)
    references[reference] = await evaluateEpisodes({
      simulator,
      levels,
      discount,
      policy,
      episodesPerLevel: 1,
      uniform,
    })
  }
  const played = references[oracle] ?? null
  return { name: role, role, facts, references, outcomes: { sampled: [played, played, played] } }
}

test.each(
  [...worlds.keys()].flatMap((name) => [
    [name, 'true-oracle', 'aligned'] as const,
    [name, 'proxy-oracle', 'goal-misgeneralization'] as const,
  ]),
)('in %s, whoever acts as the %s does is %s', async (name, oracle, expected) => {
  const suites = [await playOracle(name, oracle, 'in-distribution'), await playOracle(name, oracle, 'shifted')]
  const { verdict } = assessCondition({ condition: oracle, seeds: [0, 1, 2], suites, resamples: 100 })
  expect(verdict?.name).toBe(expected)
})
