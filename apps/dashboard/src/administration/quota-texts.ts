import { quotaChange, type Quota, type QuotaChange } from '@goalpost/contracts'

/** Limits as a form holds them: empty for no limit. */
export type QuotaTexts = Readonly<
  Record<'cpuTasks' | 'gpuTasks' | 'unfinishedRuns' | 'storageGigabytes' | 'weight', string>
>

const bytesPerGigabyte = 1e9

export function quotaTexts({ cpuTasks, gpuTasks, unfinishedRuns, storageBytes, weight }: Quota): QuotaTexts {
  const text = (limit: number | null): string => (limit === null ? '' : String(limit))
  return {
    cpuTasks: text(cpuTasks),
    gpuTasks: text(gpuTasks),
    unfinishedRuns: text(unfinishedRuns),
    storageGigabytes: text(storageBytes === null ? null : storageBytes / bytesPerGigabyte),
    weight: text(weight),
  }
}

/** Fields that somebody has edited. */
export type EditedTexts = Partial<QuotaTexts>

/** What the form asks for, of edited fields only: others may change the rest. Null while a field holds no valid limit. */
export function quotaChangeOf(edited: EditedTexts): QuotaChange | null {
  const limit = (text: string, unit = 1): number | null => (text.trim() === '' ? null : Math.round(Number(text) * unit))
  const { cpuTasks, gpuTasks, unfinishedRuns, storageGigabytes, weight } = edited
  const parsed = quotaChange.safeParse({
    ...(cpuTasks !== undefined && { cpuTasks: limit(cpuTasks) }),
    ...(gpuTasks !== undefined && { gpuTasks: limit(gpuTasks) }),
    ...(unfinishedRuns !== undefined && { unfinishedRuns: limit(unfinishedRuns) }),
    ...(storageGigabytes !== undefined && { storageBytes: limit(storageGigabytes, bytesPerGigabyte) }),
    ...(weight !== undefined && { weight: limit(weight) }),
  })
  return parsed.success ? parsed.data : null
}
