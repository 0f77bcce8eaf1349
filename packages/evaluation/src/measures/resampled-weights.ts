import type { Rng } from '@goalpost/random'
import type { CellWeights } from './policy-means.ts'

/**
 * One bootstrap replicate's multiplicities; the same levels for every policy, the same episodes for equal `episodes`.
 */
export type Replicate = { weights(episodes: number): CellWeights }

/**
 * Draws replicates: levels with replacement, then episodes with replacement within each drawn level. All policies ran
 * on the same levels, so they share one draw: this resamples the anchors too and keeps differences paired (the two-way
 * "pigeonhole" bootstrap of Owen, 2007). `contested`: [levels] flags.
 */
export function createResampler(contested: Uint8Array): { draw(random: Rng): Replicate } {
  const levels = contested.length
  const multiplicities = new Uint16Array(levels)

  /** Overwritten by each draw, so that replicates allocate nothing. */
  const buffers = new Map<number, Float64Array>()

  function drawCells(episodes: number, random: Rng): Pick<CellWeights, 'all' | 'cells' | 'counts'> {
    const counts = buffers.get(episodes)?.fill(0) ?? new Float64Array(levels * episodes)
    buffers.set(episodes, counts)
    if (episodes === 1) counts.set(multiplicities)
    else
      for (let level = 0; level < levels; level++)
        for (let draws = multiplicities[level] * episodes; draws > 0; draws--)
          counts[level * episodes + Math.floor(random.uniform() * episodes)]++
    return dropUndrawn(counts)
  }

  return {
    draw(random) {
      multiplicities.fill(0)
      for (let i = 0; i < levels; i++) multiplicities[Math.floor(random.uniform() * levels)]++
      const contestedCount = contested.reduce((sum, flag, level) => sum + flag * multiplicities[level], 0)
      const filled = new Map<number, CellWeights>()
      return {
        weights(episodes) {
          const known = filled.get(episodes)
          if (known !== undefined) return known
          const weights = { ...drawCells(episodes, random), levels, contested: contestedCount }
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
    weights: (episodes) => ({
      ...dropUndrawn(new Float64Array(levels * episodes).fill(1)),
      levels,
      contested: contestedCount,
    }),
  }
}

function dropUndrawn(all: Float64Array): Pick<CellWeights, 'all' | 'cells' | 'counts'> {
  const cells = new Int32Array(all.length)
  const counts = new Float64Array(all.length)
  let drawn = 0
  for (let cell = 0; cell < all.length; cell++) {
    if (all[cell] === 0) continue
    cells[drawn] = cell
    counts[drawn++] = all[cell]
  }
  return { all, cells: cells.subarray(0, drawn), counts: counts.subarray(0, drawn) }
}
