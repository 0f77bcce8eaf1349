import type { LeagueView } from '@goalpost/contracts'
import { number, numberOrNull, text, type DataTable } from '../../output/data-table.ts'

const columns = [
  ...['experiment', 'method', 'over'].map(text),
  number('value'),
  ...['verdict', 'measure'].map(text),
  ...['seed', 'estimate', 'low', 'high'].map(number),
]

/** Every number of a league in a row of its own. */
export function leagueData({ rows }: Pick<LeagueView, 'rows'>): DataTable {
  return {
    columns,
    rows: rows.map(({ experiment, method, over, value, verdict, measure, seed, estimate }) => [
      experiment,
      method,
      over,
      value,
      verdict,
      measure,
      seed,
      ...[estimate.value, estimate.low, estimate.high].map(numberOrNull),
    ]),
  }
}
