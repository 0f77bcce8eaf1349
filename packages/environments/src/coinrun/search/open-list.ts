const buckets = 8192

/** Nodes by estimated length of the path through them: shortest first, and of equals the newest. */
export function createOpenList(capacity: number) {
  const heads = new Int32Array(buckets)
  const next = new Int32Array(capacity)
  let lowest = 0
  let highest = -1
  return {
    clear(): void {
      heads.fill(-1)
      lowest = 0
      highest = -1
    },
    push(node: number, estimate: number): void {
      const bucket = Math.min(buckets - 1, Math.ceil(estimate))
      next[node] = heads[bucket]
      heads[bucket] = node
      lowest = Math.min(lowest, bucket)
      highest = Math.max(highest, bucket)
    },
    /** −1 if there is none. */
    pop(): number {
      while (lowest <= highest && heads[lowest] < 0) lowest++
      if (lowest > highest) return -1
      const node = heads[lowest]
      heads[lowest] = next[node]
      return node
    },
  }
}
