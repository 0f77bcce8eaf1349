import type { Quota, QuotaUse } from '@goalpost/contracts'
import { formatBytes } from './numbers.ts'

/** Rows of a table: what is limited, its use, its limit. */
export function quotaRows(quota: Quota, use: QuotaUse): string[][] {
  const count = (value: number) => String(value)
  const row = (what: string, key: keyof QuotaUse, format: (value: number) => string) => {
    const limit = quota[key]
    return [what, format(use[key]), limit === null ? 'none' : format(limit)]
  }
  return [
    row('tasks on processors', 'cpuTasks', count),
    row('tasks on GPUs', 'gpuTasks', count),
    row('unfinished runs', 'unfinishedRuns', count),
    row('storage', 'storageBytes', formatBytes),
  ]
}
