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

/** What the form asks for; null while a field holds no valid limit. */
export function quotaChangeOf(texts: QuotaTexts): QuotaChange | null {
  const limit = (text: string, unit = 1): number | null => (text.trim() === '' ? null : Math.round(Number(text) * unit))
  const parsed = quotaChange.safeParse({
    cpuTasks: limit(texts.cpuTasks),
    gpuTasks: limit(texts.gpuTasks),
    unfinishedRuns: limit(texts.unfinishedRuns),
    storageBytes: limit(texts.storageGigabytes, bytesPerGigabyte),
    weight: limit(texts.weight) ?? undefined,
  })
  return parsed.success ? parsed.data : null
}
