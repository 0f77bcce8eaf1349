import { overlaidEpisode, type Environment, type OverlaidEpisode } from '@goalpost/environments'
import { artifactNames } from '../../worlds/artifact-names.ts'
import type { KeptEpisodes } from '../../worlds/episodes/kept-episodes.ts'
import { finalEvaluation, type AssessedCondition } from './gather.ts'
import { environmentOf } from '../../worlds/environment-of.ts'
import { suiteWorld } from '../../worlds/suites/suite-world.ts'
import type { Suite } from '../../worlds/suites/suite-options.ts'

/** Kept episodes of one condition's trained policies on one suite. */
export type KeptPlay = {
  readonly condition: string
  readonly suite: Suite
  readonly acting: string
  readonly seeds: number
  /** Of all seeds. */
  readonly episodes: readonly OverlaidEpisode[]
}

/** Drawing an episode takes milliseconds, and a report must be ready within seconds. */
const maxEpisodes = 2_000
const maxPlays = 24

/**
 * Kept episodes by condition: on training levels, then on shifted ones. Large experiments: only the first conditions
 * and the first episodes of each seed.
 */
export function gatherKeptEpisodes(conditions: readonly AssessedCondition[]): KeptPlay[] {
  const pairs = conditions.flatMap((condition) => {
    const { suites } = condition.options
    const inOrder = [...suites].toSorted((a, b) => Number(a.role === 'shifted') - Number(b.role === 'shifted'))
    return inOrder.map((suite) => ({ condition, suite }))
  })
  const shown = pairs.slice(0, maxPlays)
  const seeds = shown.reduce((sum, { condition }) => sum + condition.evidence.runs.length, 0)
  const maxPerSeed = Math.max(1, Math.floor(maxEpisodes / Math.max(1, seeds)))
  return shown
    .map(({ condition, suite }) => gatherSuite(condition, suite, maxPerSeed))
    .filter(({ episodes }) => episodes.length > 0)
}

function gatherSuite({ evidence, options, files }: AssessedCondition, suite: Suite, maxPerSeed: number): KeptPlay {
  const [acting] = options.evaluation.acting
  const { parameters } = suiteWorld(options, suite)
  const name = artifactNames.keptEpisodes(suite.name, acting)
  const kept = evidence.runs
    .map((run) => files.episodes(finalEvaluation(run), name))
    .filter((kept) => kept !== null)
    .map(({ episodes }) => episodes.slice(0, maxPerSeed))
    .map((episodes) => drawEpisodes(episodes, { files, parameters, environment: environmentOf(options.environment) }))
  return { condition: evidence.name, suite, acting, seeds: kept.length, episodes: kept.flat() }
}

type Drawn = Pick<AssessedCondition, 'files'> & { readonly environment: Environment; readonly parameters: unknown }

function drawEpisodes(
  episodes: KeptEpisodes['episodes'],
  { files, environment, parameters }: Drawn,
): OverlaidEpisode[] {
  return episodes.flatMap((episode) => {
    const level = files.readLevel(environment, parameters, episode.level)
    return overlaidEpisode(environment.picture(parameters, level), environment.picture(parameters, level, episode))
  })
}
