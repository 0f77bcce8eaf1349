import type { Rng } from '@goalpost/random'

/** The integers 0 … count − 1 in a uniformly drawn order (Fisher and Yates). */
export function drawPermutation(count: number, random: Rng): number[] {
  const order = Array.from({ length: count }, (_, i) => i)
  for (let last = count - 1; last > 0; last--) {
    const chosen = random.integer(last + 1)
    const kept = order[last]
    order[last] = order[chosen]
    order[chosen] = kept
  }
  return order
}

/** Whether the values are 0 … n − 1 in some order. */
export function isPermutation(values: readonly number[]): boolean {
  return values.toSorted((a, b) => a - b).every((value, i) => value === i)
}
