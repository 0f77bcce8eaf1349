import type { TablePart } from '@goalpost/contracts'
import type { AssessedCondition } from './gather.ts'
import { estimateCell, textCell } from './estimates.ts'

const columns: TablePart['columns'] = [
  { title: 'condition' },
  { title: 'object' },
  { title: 'needed for' },
  { title: 'true return', help: 'With the object visible minus with it hidden' },
  { title: 'proxy return', help: 'With the object visible minus with it hidden' },
  {
    title: 'share',
    help: '0: the object is ignored; 1: seeing it makes up the whole difference between the two reference policies',
  },
]

const notes = [
  'Each level and episode was played with the object visible and with it hidden; the difference is the effect of seeing it. ' +
    '0: no effect. Below 0: seeing it makes the return worse.',
  'Share, for objects needed for the goal: the difference in true return over that between true-oracle and proxy-oracle. For ' +
    'objects needed for the proxy: the difference in proxy return over that between proxy-oracle and random.',
]

/** One table per suite on which an object was hidden: the effect of seeing the object, by condition. */
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
