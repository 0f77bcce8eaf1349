export type UnclaimedJobs = {
  /**
   * Of jobs whose tasks are unclaimed, those that a consumer has held for longer than the grace period. All jobs are
   * passed each time: what is missing is forgotten.
   */
  abandoned(held: readonly string[]): ReadonlySet<string>
}

/**
 * A consumer claims the task of a job at once. One that was killed in between keeps the lock of its job, and BullMQ
 * needs up to `lockMs` plus two of its checks, minutes, to deliver the job again.
 */
export function trackUnclaimed(graceMs: number, now = () => performance.now()): UnclaimedJobs {
  let since: ReadonlyMap<string, number> = new Map()
  return {
    abandoned(held) {
      const at = now()
      since = new Map(held.map((jobId) => [jobId, since.get(jobId) ?? at]))
      return new Set(held.filter((jobId) => at - (since.get(jobId) ?? at) >= graceMs))
    },
  }
}
