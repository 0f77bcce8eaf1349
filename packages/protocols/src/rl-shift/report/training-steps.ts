import type { TablePart } from '@goalpost/contracts'
import { mean } from '@goalpost/statistics'
import { trainedSteps } from '../subjects/trained/checkpoint-steps.ts'
import { costsOf } from '../subjects/trained/training-costs.ts'
import { textCell } from './estimates.ts'
import type { AssessedCondition } from './gather.ts'

/** The environment steps of all trained conditions, if any method learns from or plays others than its policy's own. */
export function trainingStepsTable(conditions: readonly AssessedCondition[]): TablePart[] {
  const trained = conditions.flatMap(({ evidence, options }) => {
    if (options.policy !== undefined) return []
    const steps = trainedSteps(options)
    const costs = evidence.runs.flatMap((run) => costsOf(run, steps) ?? [])
    return costs.length === 0 ? [] : [{ name: evidence.name, steps, costs }]
  })
  const differs = trained.some(({ steps, costs }) => costs.some(({ played }) => played !== steps))
  if (!differs) return []
  return [
    {
      type: 'table',
      title: 'Environment steps of trainings',
      columns: [
        { title: 'condition' },
        { title: 'of the policy', help: 'Those that the evaluated policy, or each member of it, learned from' },
        { title: 'learned from by all', help: 'By every policy that the method trains in the world; mean over seeds' },
        { title: 'played', help: 'With those that nothing was learned from; mean over seeds' },
      ],
      rows: trained.map(({ name, steps, costs }) => ({
        cells: [
          textCell(name),
          textCell(count(steps)),
          textCell(count(mean(costs.map(({ learned }) => learned)))),
          textCell(count(mean(costs.map(({ played }) => played)))),
        ],
        emphasis: false,
      })),
      notes: [
        'Conditions with equal `steps` make equally many updates of each policy. To compare at equal cost, compare the last column.',
      ],
    },
  ]
}

const count = (steps: number) => Math.round(steps).toLocaleString('en-US')
