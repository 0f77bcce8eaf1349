import { createStream, type Rng } from '@goalpost/random'
import type { Interval } from '../src/index.ts'

export type Measured = { readonly coverage: number; readonly width: number }

/** How often a simulated interval contains its true value, and its mean width. */
export function simulateCoverage(
  name: string,
  tries: number,
  simulate: (random: Rng) => { readonly interval: Partial<Interval> | null; readonly truth: number },
): Measured {
  const stream = createStream(2026).named('coverage').named(name)
  let covered = 0
  let width = 0
  for (let i = 0; i < tries; i++) {
    const { interval, truth } = simulate(stream.at(i))
    const { low = Number.NaN, high = Number.NaN } = interval ?? {}
    // Sums of equal values differ in their last bits.
    if (low - 1e-12 <= truth && truth <= high + 1e-12) covered++
    width += high - low
  }
  return { coverage: covered / tries, width: width / tries }
}
