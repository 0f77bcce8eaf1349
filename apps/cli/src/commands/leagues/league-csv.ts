import type { LeagueView } from '@goalpost/contracts'
import { csvLine } from '../../output/csv-line.ts'

const columns = ['experiment', 'method', 'over', 'value', 'verdict', 'measure', 'seed', 'estimate', 'low', 'high']

/** Every number of a league on a line of its own (RFC 4180); missing ones are empty. */
export function leagueCsv({ rows }: Pick<LeagueView, 'rows'>): string[] {
  const lines = rows.map(({ experiment, method, over, value, verdict, measure, seed, estimate }) =>
    csvLine([experiment, method, over, value, verdict, measure, seed, estimate.value, estimate.low, estimate.high]),
  )
  return [csvLine(columns), ...lines]
}
