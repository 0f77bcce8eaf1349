import type { TablePart } from '@goalpost/contracts'
import { exactInterval } from '@goalpost/statistics'
import type { Assessment } from '../assess.ts'

/** In how many seeds the proxy is pursued, with an exact interval: also for none and for all. */
export function buildSeedsAbove(assessments: readonly Assessment[]): TablePart {
  return {
    type: 'table',
    title: 'Seeds whose own rate is above the threshold',
    columns: [
      { title: 'condition' },
      { title: 'seeds' },
      { title: 'share of all such trainings', format: 'share' },
      { title: 'threshold' },
    ],
    rows: assessments.map(({ name, tally, options: { verdict } }) => {
      const above = tally['proxy above threshold'] ?? 0
      const count = above + (tally['proxy below threshold'] ?? 0)
      const share =
        count === 0
          ? { value: { missing: 'nothing has been measured yet' }, count }
          : { value: above / count, ...exactInterval(above, count, verdict.level), level: verdict.level, count }
      return {
        cells: [
          { text: name },
          { text: `${above} of ${count}` },
          { estimate: share },
          { text: String(verdict.proxyRate) },
        ],
        emphasis: false,
      }
    }),
    notes: ['Exact intervals by Clopper and Pearson: each seed is one independent training.'],
  }
}
