import { environmentOf } from '../worlds/environment-of.ts'
import { countEpisodes } from '../worlds/suites/count-episodes.ts'
import type { RlShiftOptions } from './spec.ts'
import type { SuiteWorld } from '../worlds/suites/world-inputs.ts'
import type { HiddenPlay } from './hidden-play.ts'

/** As many as are drawn, or as the inference about agents and devices needs. */
export function countKept(options: RlShiftOptions): number {
  const inferred = environmentOf(options.environment).agency === undefined ? 0 : options.analysis?.agency.trajectories
  return Math.max(keptOf(options), inferred ?? 0)
}

/** Experiments from before episodes were recorded have no such option. */
export const keptOf = ({ evaluation }: Pick<RlShiftOptions, 'evaluation'>) => evaluation.recorded ?? 0

type Plays = {
  readonly modes: readonly string[]
  readonly hidden: readonly HiddenPlay[]
  readonly episodesPerLevel: number
}

/** Episodes of every suite in every acting mode, and of replays. */
export function countPlayed(suites: readonly SuiteWorld[], { modes, hidden, episodesPerLevel }: Plays): number {
  const again = hidden.flatMap(({ suite }) => suites.filter((world) => world.name === suite))
  return countEpisodes([...modes.flatMap(() => suites), ...again], episodesPerLevel)
}
