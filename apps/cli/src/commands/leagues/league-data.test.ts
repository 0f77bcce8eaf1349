import { expect, test } from 'vitest'
import { csvLines } from '../../output/data-table.ts'
import { leagueData } from './league-data.ts'

test('every number of a league is a line; what is missing is empty', () => {
  const place = { experiment: 'a, b', method: 'plain', over: 'rate' }
  const { rows, columns } = leagueData({
    rows: [
      {
        ...place,
        value: null,
        verdict: null,
        measure: 'threshold',
        seed: null,
        estimate: { value: 0.2, low: 0.1, high: 0.4 },
      },
      { ...place, value: 0.1, verdict: 'high', measure: 'height', seed: 3, estimate: { value: { missing: 'none' } } },
    ],
  })
  expect(csvLines({ columns, rows })).toEqual([
    'experiment,method,over,value,verdict,measure,seed,estimate,low,high',
    '"a, b",plain,rate,,,threshold,,0.2,0.1,0.4',
    '"a, b",plain,rate,0.1,high,height,3,,,',
  ])
})
