import type { Quota, QuotaUse } from '@goalpost/contracts'
import { formatBytes } from '../design/format-bytes.ts'

export type QuotaRow = {
  readonly title: string
  readonly use: string
  /** Null: there is none. */
  readonly limit: string | null
  /** What part of the limit is in use, from 0 to 1; null without a limit. */
  readonly share: number | null
  readonly beyond: string
}

const titles = {
  cpuTasks: 'Tasks on processors',
  gpuTasks: 'Tasks on GPUs',
  unfinishedRuns: 'Unfinished runs',
  storageBytes: 'Storage',
} as const satisfies Record<keyof QuotaUse, string>

/** What happens to what would exceed the limit. */
const beyond = {
  cpuTasks: 'Further tasks wait for others to end.',
  gpuTasks: 'Further tasks wait for others to end.',
  unfinishedRuns: 'Further submissions are refused until runs have ended.',
  storageBytes: 'Submissions and uploads are refused until files are removed.',
} as const satisfies Record<keyof QuotaUse, string>

/** What a workspace uses of each limit. */
export function quotaRows(quota: Quota, use: QuotaUse): QuotaRow[] {
  return (Object.keys(titles) as (keyof QuotaUse)[]).map((key) => {
    const limit = quota[key]
    const format = key === 'storageBytes' ? formatBytes : (count: number) => count.toLocaleString('en')
    return {
      title: titles[key],
      use: format(use[key]),
      limit: limit === null ? null : format(limit),
      share: limit === null ? null : limit === 0 ? 1 : Math.min(1, use[key] / limit),
      beyond: beyond[key],
    }
  })
}
