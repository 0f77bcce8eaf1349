import type { ArtifactRef, JsonValue } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { artifactNames } from '../artifact-names.ts'
import { encodeTrajectories, trajectoriesMediaType } from '../recorded-trajectories.ts'
import { mostRecorded } from '../spec.ts'
import { seedOf, type PlayedSuite } from './example.ts'
import type { PlayableSuite } from './suite.ts'

type Kept = PlayedSuite & {
  readonly most: number
  /** Whether the report draws them. */
  readonly evidence: boolean
}

/**
 * Keeps what the policy did on the first solvable levels, at most `most`: part of the result and of its hash, because
 * what is concluded from it has to be reproducible as the rest is.
 */
export async function storeTrajectories(
  context: TaskContext,
  playable: PlayableSuite,
  { table, tracer, policy, acting, most, evidence }: Kept,
): Promise<ArtifactRef | null> {
  if (most === 0) return null
  const { world, environment, suite } = playable
  const levels = [...suite.levels.slice(0, mostRecorded).keys()]
    .filter((level) => suite.facts.solvable[level] === 1)
    .slice(0, most)
  const episodes = levels.map((level) => ({
    index: level,
    level: environment.levelToJson(suite.levels[level]) as JsonValue,
    actions: tracer.actionsOn(suite.levels[level]).slice(0, table.lengths[level * table.episodes]),
    ...seedOf(playable, level),
  }))
  const { name, version } = environment
  const common = { environment: name, version, parameters: world.parameters, policy, mode: acting }
  return context.artifacts.write({
    name: artifactNames.trajectories(world.name, acting),
    bytes: encodeTrajectories({ format: 'goalpost-trajectories/1', ...common, episodes }),
    mediaType: trajectoriesMediaType,
    evidence,
  })
}
