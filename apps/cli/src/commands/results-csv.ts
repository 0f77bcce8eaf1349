import type { ResultsView } from '@goalpost/contracts'
import { csvLine } from '../output/csv-line.ts'

const columns = ['condition', 'task', 'measure', 'labels', 'seed', 'value', 'low', 'high', 'level', 'key']

/**
 * Every measure as lines of comma-separated values (RFC 4180): one per seed, then the mean (seed `mean`) with
 * its interval. Missing values are empty.
 */
export function resultsCsv({ aggregates }: Pick<ResultsView, 'aggregates'>): string[] {
  const rows = aggregates.flatMap(({ condition, task, measure, key, labels, estimate, values }) => {
    const named = Object.entries(labels).map(([name, value]) => `${name}=${value}`)
    const what = [condition, task, measure, named.join(';')]
    const { value, low, high, level } = estimate
    return [
      ...values.map((each) => [...what, each.seed, each.value, undefined, undefined, undefined, key]),
      [...what, 'mean', value, low, high, level, key],
    ]
  })
  return [columns, ...rows].map(csvLine)
}
