import type { Rng } from '@goalpost/random'

/** Standard Gumbel numbers, −log(−log u), for u strictly between 0 and 1. */
export function fillGumbel(target: Float32Array, random: Rng): void {
  for (let i = 0; i < target.length; i++) target[i] = -Math.log(-Math.log(random.uniform() + 2 ** -33))
}
