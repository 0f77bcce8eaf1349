import { levelJson, parametersJson } from '../level-json.ts'
import type { ArtifactRef } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { artifactNames } from '../artifact-names.ts'
import { encodeKeptEpisodes, keptEpisodesMediaType, type Decisions } from '../episodes/kept-episodes.ts'
import { seedOf, type PlayedSuite } from './example-episode.ts'
import type { PlayableSuite } from './suite.ts'
import { maxKeptLevels } from '../episodes/kept-episodes.ts'

type Kept = PlayedSuite & {
  readonly most: number
  /** Whether the report draws them. */
  readonly evidence: boolean
  /** What the policy thought in the first steps of a level's first episode; kept with the actions if given. */
  readonly decisionsOn?: (level: number, steps: number) => Decisions
}

/**
 * Keeps the policy's actions on the first solvable levels, at most `most`: part of the result and its hash, so that
 * conclusions from them are reproducible too.
 */
export async function storeKeptEpisodes(
  context: TaskContext,
  playable: PlayableSuite,
  { table, tracer, policy, acting, most, evidence, decisionsOn }: Kept,
): Promise<ArtifactRef | null> {
  if (most === 0) return null
  const { world, environment, suite } = playable
  const levels = [...suite.levels.slice(0, maxKeptLevels).keys()]
    .filter((level) => suite.facts.solvable[level] === 1)
    .slice(0, most)
  const episodes = levels.map((level) => {
    const steps = table.lengths[level * table.episodes]
    return {
      index: level,
      level: levelJson(environment, suite.levels[level]),
      actions: tracer.actionsOn(suite.levels[level]).slice(0, steps),
      ...seedOf(playable, level),
      ...(decisionsOn === undefined ? {} : { decisions: decisionsOn(level, steps) }),
    }
  })
  const { name, version } = environment
  const common = { environment: name, version, parameters: parametersJson(world.parameters), policy, mode: acting }
  return context.artifacts.write({
    name: artifactNames.keptEpisodes(world.name, acting),
    bytes: encodeKeptEpisodes({ format: 'goalpost-trajectories/1', ...common, episodes }),
    mediaType: keptEpisodesMediaType,
    evidence,
  })
}
