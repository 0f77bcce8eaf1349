import { GoalpostError } from '@goalpost/contracts'
import { Tinypool } from 'tinypool'
import type { ScheduleThreadSetting } from './schedule-thread.ts'

export type ScheduleFiring = {
  /** Starts the experiments of schedules that are due; resolves to the number of these schedules. */
  fire(): Promise<number>
  close(): Promise<void>
}

/** Planning an experiment takes up to seconds, in which the worker could not renew its leases. */
export function createScheduleFiring(setting: ScheduleThreadSetting): ScheduleFiring {
  const pool = new Tinypool({
    filename: new URL('./schedule-thread.ts', import.meta.url).href,
    name: 'fireSchedules',
    runtime: 'worker_threads',
    // No thread while nothing is due; one that fires every minute is kept.
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 90_000,
    useAtomics: false,
  })
  return {
    async fire() {
      // Errors lose their class on the way between threads.
      return pool.run(setting).catch((error: unknown) => {
        throw new GoalpostError('unavailable', 'Schedules could not be started', { cause: error })
      })
    },
    close: () => pool.destroy(),
  }
}
