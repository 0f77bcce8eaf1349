import { overlaidEpisode, type Environment, type OverlaidEpisode } from '@goalpost/environments'
import { artifactNames } from '../../worlds/artifact-names.ts'
import type { KeptEpisodes } from '../../worlds/episodes/kept-episodes.ts'
import { finalEvaluation, type AssessedCondition } from './gather.ts'
import { environmentOf } from '../../worlds/environment-of.ts'
import { suiteWorld } from '../../worlds/suites/suite-world.ts'
import type { Suite } from '../../worlds/suites/suite-options.ts'

/** What the trained policies of one condition did on one suite, as far as it was recorded. */
export type RecordedPlay = {
  readonly condition: string
  readonly suite: Suite
  readonly acting: string
  readonly seeds: number
  /** Of all seeds. */
  readonly episodes: readonly OverlaidEpisode[]
}

/** A report is computed within seconds, also of a running experiment, and an episode takes milliseconds to be drawn. */
const mostEpisodes = 2_000
const mostPlays = 24

/**
 * Of each condition in turn: what was recorded on training levels, then on shifted ones. Of large experiments the first
 * conditions, and of each seed the first episodes.
 */
export function gatherTrajectories(conditions: readonly AssessedCondition[]): RecordedPlay[] {
  const pairs = conditions.flatMap((condition) => {
    const { suites } = condition.options
    const inOrder = [...suites].toSorted((a, b) => Number(a.role === 'shifted') - Number(b.role === 'shifted'))
    return inOrder.map((suite) => ({ condition, suite }))
  })
  const shown = pairs.slice(0, mostPlays)
  const seeds = shown.reduce((sum, { condition }) => sum + condition.evidence.runs.length, 0)
  const mostOfSeed = Math.max(1, Math.floor(mostEpisodes / Math.max(1, seeds)))
  return shown
    .map(({ condition, suite }) => gatherSuite(condition, suite, mostOfSeed))
    .filter(({ episodes }) => episodes.length > 0)
}

function gatherSuite({ evidence, options, files }: AssessedCondition, suite: Suite, mostOfSeed: number): RecordedPlay {
  const [acting] = options.evaluation.acting
  const { parameters } = suiteWorld(options, suite)
  const name = artifactNames.keptEpisodes(suite.name, acting)
  const recorded = evidence.runs
    .map((run) => files.episodes(finalEvaluation(run), name))
    .filter((kept) => kept !== null)
    .map(({ episodes }) => episodes.slice(0, mostOfSeed))
    .map((episodes) =>
      drawTrajectories(episodes, { files, parameters, environment: environmentOf(options.environment) }),
    )
  return { condition: evidence.name, suite, acting, seeds: recorded.length, episodes: recorded.flat() }
}

type Drawn = Pick<AssessedCondition, 'files'> & { readonly environment: Environment; readonly parameters: unknown }

function drawTrajectories(
  episodes: KeptEpisodes['episodes'],
  { files, environment, parameters }: Drawn,
): OverlaidEpisode[] {
  return episodes.flatMap((episode) => {
    const level = files.readLevel(environment, parameters, episode.level)
    return overlaidEpisode(environment.picture(parameters, level), environment.picture(parameters, level, episode))
  })
}
