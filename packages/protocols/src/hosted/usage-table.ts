import type { Measure, TablePart } from '@goalpost/contracts'
import { usageMeasures } from './usage-measures.ts'

type Cell = TablePart['rows'][number]['cells'][number]

/** What `summariseUsage` measured for a condition. */
type ConditionUsage = { readonly name: string; readonly usage: readonly Measure[] }

/** What it took, and which models answered. */
export function buildUsageTable(conditions: readonly ConditionUsage[]): TablePart {
  return {
    type: 'table',
    title: 'Requests, and who answered',
    columns: ['condition', 'requests', 'tokens read', 'tokens written', 'cost', 'models', 'fingerprints'].map(
      (title) => ({ title }),
    ),
    rows: conditions.map(({ name, usage }) => {
      const number = (wanted: string): Cell => {
        const value = usage.find((measure) => measure.name === wanted)?.value
        return typeof value === 'number' ? { estimate: { value } } : { text: '–' }
      }
      const models = labelled(usage, usageMeasures.answersOfModel, 'model')
      const builds = labelled(usage, usageMeasures.answersOfBuild, 'fingerprint')
      return {
        cells: [
          { text: name },
          number(usageMeasures.requests),
          number(usageMeasures.inputTokens),
          number(usageMeasures.outputTokens),
          number(usageMeasures.cost),
          models.length > 1 ? { text: models.join(', '), tone: 'warning' } : { text: models.join('') },
          { text: builds.join(', ') },
        ],
        emphasis: false,
      }
    }),
    notes: ['Costs are those of all answers at the stated prices. Several models: the endpoint changed it meanwhile.'],
  }
}

function labelled(usage: readonly Measure[], name: string, label: string): string[] {
  return usage
    .filter((measure) => measure.name === name)
    .map(({ labels, value }) => `${labels[label]} (${typeof value === 'number' ? value : 'unknown'})`)
}
