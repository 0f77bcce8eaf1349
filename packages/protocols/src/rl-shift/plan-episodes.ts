import { environmentOf } from '../worlds/environment-of.ts'
import { countEpisodes } from '../worlds/suites/count-episodes.ts'
import type { RlShiftOptions } from './spec.ts'
import type { AttackPlays, HelpPlays } from './evaluate-task.ts'
import { countAttackPlays, countHelpPlays } from './extra-plays.ts'
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
  /** Null: none. */
  readonly help: HelpPlays | null
  readonly attack: AttackPlays | undefined
}

/** Episodes of every suite in every acting mode, of replays, with help and of attacks. */
export function countPlayed(
  suites: readonly SuiteWorld[],
  { modes, hidden, episodesPerLevel, help, attack }: Plays,
): number {
  const again = hidden.flatMap(({ suite }) => suites.filter((world) => world.name === suite))
  const helped =
    help === null ? 0 : countHelpPlays(help) * sum(suites.map(({ levels }) => Math.min(levels, help.levels)))
  const attacked = attack === undefined ? 0 : countAttackPlays(attack) * attack.levels
  return countEpisodes([...modes.flatMap(() => suites), ...again], episodesPerLevel) + helped + attacked
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
