import type { OverlaidEpisode } from '@goalpost/environments'
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

/** Of each condition in turn: what was recorded on training levels, then on shifted ones. */
export function gatherTrajectories(conditions: readonly AssessedCondition[], artifacts: Artifacts): RecordedPlay[] {
  return conditions.flatMap((condition) => {
    const { suites } = condition.options
    const inOrder = [...suites].toSorted((a, b) => Number(a.role === 'shifted') - Number(b.role === 'shifted'))
    return inOrder
      .map((suite) => gatherSuite(condition, suite, artifacts))
      .filter(({ episodes }) => episodes.length > 0)
  })
}

function gatherSuite({ evidence, options }: AssessedCondition, suite: Suite, artifacts: Artifacts): RecordedPlay {
  const [acting] = options.evaluation.acting
  const { parameters } = suiteWorld(options, suite)
  const name = artifactNames.trajectories(suite.name, acting)
  const recorded = evidence.runs
    .map((run) => readArtifact(finalEvaluation(run), name, artifacts))
    .filter((bytes) => bytes !== null)
    .map((bytes) => drawTrajectories(decodeTrajectories(bytes), options.environment, parameters))
  return { condition: evidence.name, suite, acting, seeds: recorded.length, episodes: recorded.flat() }
}

function drawTrajectories(
  { episodes }: Pick<RecordedTrajectories, 'episodes'>,
  name: string,
  parameters: unknown,
): OverlaidEpisode[] {
  const environment = environmentOf(name)
  return episodes.map((episode) => {
    const level = environment.levelFromJson(parameters, episode.level)
    return { before: environment.picture(parameters, level), after: environment.picture(parameters, level, episode) }
  })
}
