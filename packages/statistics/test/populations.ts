import type { Rng } from '@goalpost/random'

/** How one training seed's value is drawn, and the mean that an interval should cover. */
export type Population = {
  readonly name: string
  readonly mean: number
  draw(random: Rng): number
}

export const normal: Population = { name: 'normal', mean: 0, draw: (random) => random.normal() }

/** Skewness 0.8 for σ = .25, 1.8 for .5, 6.2 for 1. */
export function lognormal(sigma: number): Population {
  return {
    name: `lognormal σ ${sigma}`,
    mean: Math.exp((sigma * sigma) / 2),
    draw: (random) => Math.exp(sigma * random.normal()),
  }
}

/** Seeds that reach 0, ½ or 1 with equal probability, plus a little noise. */
export const thirds: Population = {
  name: 'at 0, ½, 1',
  mean: 0.5,
  draw: (random) => random.integer(3) / 2 + 0.05 * random.normal(),
}

/** Rates of success, each seed's own, counted over `trials` episodes. */
export function counts(trials: number, rate: number): Population {
  return {
    name: `${trials} × ${rate}`,
    mean: rate,
    draw(random) {
      let successes = 0
      for (let trial = 0; trial < trials; trial++) if (random.uniform() < rate) successes++
      return successes / trials
    },
  }
}

/** Two groups of seeds: a share of them reaches 1, the others 0, all with the same noise. */
export function twoGroups(share: number, noise = 0.05): Population {
  return {
    name: `two groups, ${share}${noise === 0.05 ? '' : `, noise ${noise}`}`,
    mean: share,
    draw: (random) => (random.uniform() < share ? 1 : 0) + noise * random.normal(),
  }
}

export const uniform: Population = { name: 'uniform', mean: 0.5, draw: (random) => random.uniform() }
