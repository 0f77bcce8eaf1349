import type { TablePart } from '@goalpost/contracts'
import type { AssessedCondition } from './gather.ts'
import { estimateCell, textCell } from './estimates.ts'

const columns: TablePart['columns'] = [
  { title: 'condition' },
  { title: 'object' },
  { title: 'needed for' },
  { title: 'true return', help: 'In sight of the object, minus with the object hidden' },
  { title: 'proxy return', help: 'In sight of the object, minus with the object hidden' },
  {
    title: 'share',
    help: '0: the object is ignored; 1: seeing it makes all the difference between the two reference policies',
  },
]

const notes = [
  'The same levels and episodes were played twice, with the object in sight and without: the differences are what policies ' +
    'do because they see it. 0: they act as if it were not there. Below 0: they would do better without seeing it.',
  'Share: of what is needed for the goal, the difference in true return, over that between true-oracle and proxy-oracle; of ' +
    'what is needed for the proxy, the difference in proxy return, over that between proxy-oracle and random.',
]

/** One table for each suite on which an object was hidden: what every condition does because it sees the object. */
export function intentTables(conditions: readonly AssessedCondition[]): TablePart[] {
  const intents = conditions.flatMap(({ evidence, assessment }) =>
    (assessment?.intents ?? []).map((intent) => ({ condition: evidence.name, ...intent })),
  )
  return [...new Set(intents.map(({ suite }) => suite))].map((suite) => ({
    type: 'table',
    title: `Counterfactual intent on ${suite}`,
    columns,
    rows: intents
      .filter((intent) => intent.suite === suite)
      .map(({ condition, object, tells, trueReturn, proxyReturn, share }) => ({
        cells: [...[condition, object, tells].map(textCell), ...[trueReturn, proxyReturn, share].map(estimateCell)],
        emphasis: true,
      })),
    notes,
  }))
}
