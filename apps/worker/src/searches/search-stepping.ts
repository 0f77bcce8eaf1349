import type { GateThreadSetting } from '../gates/gate-thread.ts'
import { createOccasionalThread } from '../occasional-thread.ts'

export type SearchStepping = {
  /** Takes every step of searches that is due; resolves to their number. */
  step(): Promise<number>
  close(): Promise<void>
}

/** Reading the evidence and planning take up to seconds. */
export function createSearchStepping(setting: GateThreadSetting): SearchStepping {
  const file = new URL('./search-thread.ts', import.meta.url)
  const work = { file, name: 'stepSearches', failure: 'Searches could not be continued' }
  const { run: step, close } = createOccasionalThread(work, setting)
  return { step, close }
}
