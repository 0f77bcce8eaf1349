import type { EpisodeMetrics } from '../../rollout/episode-ledger.ts'
import { environmentSteps } from '../environment-steps.ts'
import type { Iteration, Measured } from '../method.ts'

/** One iteration of all members: means over episodes, and over members of everything else; their returns one by one. */
export function mergeIterations(members: readonly Iteration[]): Iteration {
  const [first] = members
  const names = Object.keys(first.series)
  return {
    iteration: first.iteration,
    steps: first.steps,
    window: null,
    episodes: mergeEpisodes(members.map(({ episodes }) => episodes)),
    series: {
      ...Object.fromEntries(names.map((name) => [name, meanOf(members.map(({ series }) => series[name]))])),
      [environmentSteps.learned]: first.steps * members.length,
      [environmentSteps.played]: first.steps * members.length,
      ...Object.fromEntries(members.map(({ episodes }, k) => [`return of member ${k + 1}`, returnOf(episodes)])),
    },
  }
}

function mergeEpisodes(members: readonly EpisodeMetrics[]): EpisodeMetrics {
  const finished = members.reduce((sum, one) => sum + one.finished, 0)
  const over = (name: 'return' | 'proxyReturn' | 'steps') =>
    finished === 0 ? null : members.reduce((sum, one) => sum + (one[name] ?? 0) * one.finished, 0) / finished
  return { finished, return: over('return'), proxyReturn: over('proxyReturn'), steps: over('steps') }
}

/** Missing if it is for any member, for the first such reason. */
function meanOf(values: readonly Measured[]): Measured {
  let sum = 0
  for (const value of values) {
    if (typeof value !== 'number') return value
    sum += value
  }
  return sum / values.length
}

const returnOf = (episodes: EpisodeMetrics): Measured =>
  episodes.return ?? { missing: 'no episode of the member ended' }
