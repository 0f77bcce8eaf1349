/**
 * Probabilities of a new tree in one step, by the number of trees: r = max(r_min, r_max · log(1 + n) / log(1 + n_max)).
 */
export type SpawnLaw = { readonly leastSpawn: number; readonly mostSpawn: number; readonly maxTrees: number }

/** [n_max + 1]; 0 for n_max. Source: Shah et al. (arXiv 2210.01790). The base of the logarithm cancels out. */
export function spawnProbabilities({ leastSpawn, mostSpawn, maxTrees }: SpawnLaw): Float64Array {
  return Float64Array.from({ length: maxTrees + 1 }, (_, trees) =>
    trees === maxTrees ? 0 : Math.max(leastSpawn, (mostSpawn * Math.log(1 + trees)) / Math.log(1 + maxTrees)),
  )
}
