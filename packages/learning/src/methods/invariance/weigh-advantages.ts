/**
 * Multiplies advantages by the weight of their group, in place; before, if wanted, brings them to mean 0 and deviation 1
 * over the rollout. Samples are step-major and the number of slots is a multiple of the groups': sample i is in group
 * i mod groups.
 */
export function weighAdvantages(advantages: Float32Array, weights: readonly number[], standardized: boolean): void {
  if (standardized) standardize(advantages)
  for (let i = 0; i < advantages.length; i++) advantages[i] *= weights[i % weights.length]
}

function standardize(values: Float32Array): void {
  const average = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length
  const scale = 1 / (Math.sqrt(variance) + 1e-8)
  for (let i = 0; i < values.length; i++) values[i] = (values[i] - average) * scale
}
