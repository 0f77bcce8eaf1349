import type { ResultsView } from '@goalpost/contracts'
import { number, numberOrNull, text, type DataTable } from '../output/data-table.ts'

const columns = [
  ...['condition', 'task', 'measure', 'labels'].map(text),
  ...['seed', 'value', 'low', 'high', 'level'].map(number),
  text('key'),
]

/** Every measure as rows: one per seed, then the mean, without a seed, with its interval. */
export function resultsData({ aggregates }: Pick<ResultsView, 'aggregates'>): DataTable {
  const rows = aggregates.flatMap(({ condition, task, measure, key, labels, estimate, values }) => {
    const named = Object.entries(labels).map(([name, value]) => `${name}=${value}`)
    const what = [condition, task, measure, named.join(';')]
    const { value, low, high, level } = estimate
    return [
      ...values.map((each) => [...what, each.seed, numberOrNull(each.value), null, null, null, key]),
      [...what, null, ...[value, low, high, level].map(numberOrNull), key],
    ]
  })
  return { columns, rows }
}

/** The same for CSV, where the row of the mean is called so. */
export function resultsForCsv(results: Pick<ResultsView, 'aggregates'>): DataTable {
  const table = resultsData(results)
  const seed = columns.findIndex(({ name }) => name === 'seed')
  return { columns, rows: table.rows.map((row) => row.with(seed, row[seed] ?? 'mean')) }
}
