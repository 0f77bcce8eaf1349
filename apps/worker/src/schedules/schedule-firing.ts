import { createOccasionalThread } from '../occasional-thread.ts'
import type { ScheduleThreadSetting } from './schedule-thread.ts'

export type ScheduleFiring = {
  /** Starts the experiments of schedules that are due; resolves to the number of these schedules. */
  fire(): Promise<number>
  close(): Promise<void>
}

/** Planning an experiment takes up to seconds. */
export function createScheduleFiring(setting: ScheduleThreadSetting): ScheduleFiring {
  const file = new URL('./schedule-thread.ts', import.meta.url)
  const work = { file, name: 'fireSchedules', failure: 'Schedules could not be started' }
  const { run: fire, close } = createOccasionalThread(work, setting)
  return { fire, close }
}
