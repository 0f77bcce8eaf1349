export type Pace = {
  /** Records how far things are; gives back the seconds left, or null while that cannot be told. */
  observe(share: number, nowMs: number): number | null
}

const windowMs = 60_000
const leastMs = 3_000

/** Time left from the pace of the last minute: experiments speed up and slow down as tasks of other kinds come. */
export function createPace(): Pace {
  let samples: { share: number; atMs: number }[] = []
  return {
    observe(share, nowMs) {
      samples = [...samples.filter(({ atMs }) => nowMs - atMs <= windowMs), { share, atMs: nowMs }]
      const [first] = samples
      if (first === undefined || nowMs - first.atMs < leastMs || share <= first.share) return null
      return ((1 - share) * (nowMs - first.atMs)) / (share - first.share) / 1_000
    },
  }
}
