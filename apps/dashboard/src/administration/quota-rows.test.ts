import { expect, test } from 'vitest'
import { quotaRows } from './quota-rows.ts'

const quota = { cpuTasks: 8, gpuTasks: 0, unfinishedRuns: null, storageBytes: 2_000_000_000, weight: 1 }
const use = { cpuTasks: 2, gpuTasks: 0, unfinishedRuns: 12_345, storageBytes: 3_000_000_000 }

test('each limit stands beside what is used of it; no limit has no share', () => {
  const rows = quotaRows(quota, use).map((row) => [row.title, row.use, row.limit, row.share])
  expect(rows).toEqual([
    ['Tasks on processors', '2', '8', 0.25],
    ['Tasks on GPUs', '0', '0', 1],
    ['Unfinished runs', '12,345', null, null],
    ['Storage', '3 GB', '2 GB', 1],
  ])
})
