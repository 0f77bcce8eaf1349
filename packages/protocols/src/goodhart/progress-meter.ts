import type { TaskContext } from '@goalpost/experiments'

/** Progress is told this many times per task: often enough to watch, whatever the number of draws. */
const reports = 40

/** Tells how far a task is, in draws touched. */
export type ProgressMeter = {
  /** `done` draws of the whole are behind us. */
  reach(done: number): void
  /** Another `draws` are. */
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
