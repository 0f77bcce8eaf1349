import type { TaskContext } from '@goalpost/experiments'

const reportEveryMs = 250

/** Tells how far a task is, in draws touched, a few times per second. */
export type ProgressMeter = {
  /** `done` draws of the whole are behind us. */
  reach(done: number): void
  /** Another `draws` are. */
  advance(draws: number): void
}

export function createProgressMeter(context: TaskContext, total: number): ProgressMeter {
  let done = 0
  let reportedDone = 0
  let reportedAt = performance.now()
  const reach = (reached: number): void => {
    done = reached
    const now = performance.now()
    if (done < total && now - reportedAt < reportEveryMs) return
    const perSecond = (1_000 * (done - reportedDone)) / Math.max(now - reportedAt, 1)
    context.progress({ done, total, unit: 'draws', perSecond })
    reportedDone = done
    reportedAt = now
  }
  return { reach, advance: (draws) => reach(done + draws) }
}
