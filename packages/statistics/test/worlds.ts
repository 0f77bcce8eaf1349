import type { Rng } from '@goalpost/random'
import { mean } from '../src/index.ts'

/** Standard deviations between seeds, between levels, and for one seed on one level. */
export type World = { readonly seed: number; readonly level: number; readonly both: number }

/** [seeds][levels] values around 0. */
export function drawWorld(
  { seed, level, both }: World,
  { seeds, levels }: { readonly seeds: number; readonly levels: number },
  random: Rng,
): Float64Array[] {
  const effects = Float64Array.from({ length: levels }, () => level * random.normal())
  return Array.from({ length: seeds }, () => {
    const own = seed * random.normal()
    return effects.map((effect) => own + effect + both * random.normal())
  })
}

/** [rows][resamples] means of each row under the same resampled levels. */
export function resampleMeans(rows: readonly Float64Array[], resamples: number, random: Rng): Float64Array[] {
  const [{ length }] = rows
  const replicates = rows.map(() => new Float64Array(resamples))
  const counts = new Float64Array(length)
  for (let b = 0; b < resamples; b++) {
    counts.fill(0)
    for (let i = 0; i < length; i++) counts[Math.floor(random.uniform() * length)]++
    rows.forEach((row, r) => {
      let sum = 0
      for (let i = 0; i < length; i++) sum += counts[i] * row[i]
      replicates[r][b] = sum / length
    })
  }
  return replicates
}

export const rowMeans = (rows: readonly Float64Array[]): number[] => rows.map(mean)
