/** Work per second over the last half minute of this attempt, for those who wait: never part of a result. */
export type Pace = { measure(done: number): number | undefined }

/** Long enough for neighbours that come and go on the same cores, and for updates that take turns with checkpoints. */
const windowMs = 30_000

/** `now` in milliseconds, from any origin. The first measurement has nothing to compare with. */
export function createPace(now: () => number): Pace {
  const marks: { readonly at: number; readonly done: number }[] = []
  return {
    measure(done) {
      const at = now()
      marks.push({ at, done })
      // The oldest mark stays just outside the window, so that slow work has a rate as well.
      while (marks.length > 2 && marks[1].at <= at - windowMs) marks.shift()
      const [oldest] = marks
      return at > oldest.at ? Math.max(0, ((done - oldest.done) * 1000) / (at - oldest.at)) : undefined
    },
  }
}
