import { expect, test } from 'vitest'
import { csvLines } from '../output/data-table.ts'
import { resultsData, resultsForCsv } from './results-data.ts'

test('every seed has a line and the mean one with its interval; missing values are empty, commas are quoted', () => {
  const aggregate = {
    condition: 'a=1,b="x"',
    task: 'evaluate',
    measure: 'return',
    key: 'return',
    labels: { suite: 'one', step: '5' },
    estimate: { value: -0.5, low: -1, high: 0, level: 0.95 },
    values: [
      { seed: 0, value: -0.5 },
      { seed: 1, value: { missing: 'not there' } },
    ],
  }
  expect(csvLines(resultsForCsv({ aggregates: [aggregate] }))).toEqual([
    'condition,task,measure,labels,seed,value,low,high,level,key',
    '"a=1,b=""x""",evaluate,return,suite=one;step=5,0,-0.5,,,,return',
    '"a=1,b=""x""",evaluate,return,suite=one;step=5,1,,,,,return',
    '"a=1,b=""x""",evaluate,return,suite=one;step=5,mean,-0.5,-1,0,0.95,return',
  ])
  expect(resultsData({ aggregates: [aggregate] }).rows.map((row) => row[4])).toEqual([0, 1, null])
})
