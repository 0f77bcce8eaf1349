import { overlaidEpisode, type OverlaidEpisode } from '@goalpost/environments'
import { artifactNames } from '../artifact-names.ts'
import { environmentOf } from '../complete.ts'
import { suiteWorld } from '../plan.ts'
import { decodeTrajectories, type RecordedTrajectories } from '../recorded-trajectories.ts'
import type { Suite } from '../spec.ts'
import { finalEvaluation, readArtifact, type Artifacts, type AssessedCondition } from './gather.ts'

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
export function gatherTrajectories(conditions: readonly AssessedCondition[], artifacts: Artifacts): RecordedPlay[] {
  const pairs = conditions.flatMap((condition) => {
    const { suites } = condition.options
    const inOrder = [...suites].toSorted((a, b) => Number(a.role === 'shifted') - Number(b.role === 'shifted'))
    return inOrder.map((suite) => ({ condition, suite }))
  })
  const shown = pairs.slice(0, mostPlays)
  const seeds = shown.reduce((sum, { condition }) => sum + condition.evidence.runs.length, 0)
  const mostOfSeed = Math.max(1, Math.floor(mostEpisodes / Math.max(1, seeds)))
  return shown
    .map(({ condition, suite }) => gatherSuite(condition, suite, { artifacts, mostOfSeed }))
    .filter(({ episodes }) => episodes.length > 0)
}

type Source = { readonly artifacts: Artifacts; readonly mostOfSeed: number }

function gatherSuite(
  { evidence, options }: AssessedCondition,
  suite: Suite,
  { artifacts, mostOfSeed }: Source,
): RecordedPlay {
  const [acting] = options.evaluation.acting
  const { parameters } = suiteWorld(options, suite)
  const name = artifactNames.trajectories(suite.name, acting)
  const recorded = evidence.runs
    .map((run) => readArtifact(finalEvaluation(run), name, artifacts))
    .filter((bytes) => bytes !== null)
    .map((bytes) => decodeTrajectories(bytes).episodes.slice(0, mostOfSeed))
    .map((episodes) => drawTrajectories(episodes, options.environment, parameters))
  return { condition: evidence.name, suite, acting, seeds: recorded.length, episodes: recorded.flat() }
}

function drawTrajectories(
  episodes: RecordedTrajectories['episodes'],
  name: string,
  parameters: unknown,
): OverlaidEpisode[] {
  const environment = environmentOf(name)
  return episodes.flatMap((episode) => {
    const level = environment.levelFromJson(parameters, episode.level)
    return overlaidEpisode(environment.picture(parameters, level), environment.picture(parameters, level, episode))
  })
}
