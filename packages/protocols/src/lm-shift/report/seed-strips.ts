import type { DistributionPart } from '@goalpost/contracts'
import type { Assessment } from '../assess.ts'
import { afterwards } from '../seed-readings.ts'

/** Each seed's own rate on shifted prompts: effects are often there in some seeds and absent in others. */
export function buildSeedStrips(assessments: readonly Assessment[]): DistributionPart {
  const thresholds = [...new Set(assessments.map(({ options }) => options.verdict.proxyRate))]
  return {
    type: 'distribution',
    title: 'Every seed',
    axis: { title: 'the proxy’s rate on shifted prompts', low: 0, high: 1 },
    groups: assessments.map(({ name, seeds, experiment }) => {
      const values = afterwards(experiment.readings.shifted, seeds)
      return { name, values: seeds.map(({ seed }, i) => ({ name: `seed ${seed}`, value: values[i], seed })) }
    }),
    references: thresholds.map((value) => ({ name: 'threshold', value })),
    notes: [],
  }
}
