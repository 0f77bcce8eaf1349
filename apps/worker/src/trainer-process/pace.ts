/** Work per second over the last half minute of this attempt, for time estimates. Never part of a result. */
export type Pace = { measure(done: number): number | undefined }

/** Long enough to average over other processes on the same cores, and over updates and checkpoints. */
const windowMs = 30_000

/** `now` in milliseconds from any origin. The first measurement gives no rate. */
export function createPace(now: () => number): Pace {
  const marks: { readonly at: number; readonly done: number }[] = []
  return {
    measure(done) {
      const at = now()
      marks.push({ at, done })
      // The oldest mark stays just outside the window, so that slow work has a rate too.
      while (marks.length > 2 && marks[1].at <= at - windowMs) marks.shift()
      const [oldest] = marks
      return at > oldest.at ? Math.max(0, ((done - oldest.done) * 1000) / (at - oldest.at)) : undefined
    },
  }
}
