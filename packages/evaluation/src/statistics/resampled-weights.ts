import type { Generator } from '@goalpost/random'
import type { CellWeights } from '../measures/policy-means.ts'

/** One bootstrap replicate's multiplicities; the same levels for every policy, the same episodes for equal `episodes`. */
export type Replicate = { weights(episodes: number): CellWeights }

/**
 * Draws replicates: levels with replacement, then within each drawn level episodes with replacement. All policies ran on
 * the same levels, so one draw serves all of them: this resamples the anchors too and keeps differences paired (the
 * two-way "pigeonhole" bootstrap of Owen, 2007). `contested`: [levels] flags.
 */
export function createResampler(contested: Uint8Array): { draw(random: Generator): Replicate } {
  const levels = contested.length
  const counts = new Uint16Array(levels)
  const buffers = new Map<number, Float64Array>()

  function fill(episodes: number, random: Generator): Float64Array {
    const cells = buffers.get(episodes) ?? new Float64Array(levels * episodes)
    buffers.set(episodes, cells)
    cells.fill(0)
    for (let level = 0; level < levels; level++) {
      for (let draws = counts[level] * episodes; draws > 0; draws--)
        cells[level * episodes + (episodes === 1 ? 0 : Math.floor(random.uniform() * episodes))]++
    }
    return cells
  }

  return {
    draw(random) {
      counts.fill(0)
      for (let i = 0; i < levels; i++) counts[Math.floor(random.uniform() * levels)]++
      const contestedCount = contested.reduce((sum, flag, level) => sum + flag * counts[level], 0)
      const filled = new Map<number, CellWeights>()
      return {
        weights(episodes) {
          const known = filled.get(episodes)
          if (known !== undefined) return known
          const weights = { cells: fill(episodes, random), levels, contested: contestedCount }
          filled.set(episodes, weights)
          return weights
        },
      }
    },
  }
}

/** Every level and episode once: the weights of the point estimate. */
export function evenWeights(contested: Uint8Array): Replicate {
  const levels = contested.length
  const contestedCount = contested.reduce((sum, flag) => sum + flag, 0)
  return {
    weights: (episodes) => ({ cells: new Float64Array(levels * episodes).fill(1), levels, contested: contestedCount }),
  }
}
