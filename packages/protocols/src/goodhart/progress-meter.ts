import type { TaskContext } from '@goalpost/experiments'

/** Progress reports per task, for any number of draws. */
const reports = 40

/** Reports the progress of a task, in processed draws. */
export type ProgressMeter = {
  /** `done` draws of the total are processed. */
  reach(done: number): void
  /** Another `draws` are processed. */
  advance(draws: number): void
}

export function createProgressMeter(context: TaskContext, total: number): ProgressMeter {
  let done = 0
  let reported = 0
  const reach = (reached: number): void => {
    done = reached
    if (done < total && done - reported < total / reports) return
    reported = done
    context.progress({ done, total, unit: 'draws' })
  }
  return { reach, advance: (draws) => reach(done + draws) }
}
