import type { Logger } from '@goalpost/telemetry'
import type { GateThreadSetting } from '../gates/gate-thread.ts'
import { createOccasionalThread } from '../occasional-thread.ts'
import type { SearchSteps } from './search-thread.ts'

export type SearchStepping = {
  /** Takes every step of searches that is due; resolves to their number. */
  step(): Promise<number>
  close(): Promise<void>
}

/** Reading the evidence and planning take up to seconds. */
export function createSearchStepping(setting: GateThreadSetting, log: Pick<Logger, 'warn'>): SearchStepping {
  const file = new URL('./search-thread.ts', import.meta.url)
  const work = { file, name: 'stepSearches', failure: 'Searches could not be continued' }
  const { run, close } = createOccasionalThread<SearchSteps>(work, setting)
  const step = async (): Promise<number> => {
    const { steps, notes } = await run()
    for (const { message, ...note } of notes) log.warn({ loop: 'searches', ...note }, message)
    return steps
  }
  return { step, close }
}
