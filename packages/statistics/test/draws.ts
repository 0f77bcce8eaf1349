import { createStream, type Rng } from '@goalpost/random'

export const bernoulli = (rate: number) => (random: Rng) => (random.uniform() < rate ? 1 : 0)
/** Mean .4, standard deviation .2, skewed. */
export const skewed = (random: Rng) => 0.4 * (0.5 + random.uniform() ** 2 * 1.5)

/** The same `count` values for the same name and index. */
export function sample(name: string, index: number, count: number, draw: (random: Rng) => number): number[] {
  const random = createStream(7).named(name).at(index)
  return Array.from({ length: count }, () => draw(random))
}
