import { levelJson, parametersJson } from '../level-json.ts'
import type { ArtifactRef } from '@goalpost/contracts'
import { encodeRecording, recordingMediaType } from '@goalpost/evaluation'
import type { TaskContext } from '@goalpost/experiments'
import { artifactNames } from '../artifact-names.ts'
import { wrongPursuits } from '../episodes/wrong-goal.ts'
import { seedOf, type PlayedSuite } from './example-episode.ts'
import type { PlayableSuite } from './suite.ts'
import { maxKeptLevels } from '../episodes/kept-episodes.ts'

/**
 * Keeps the clearest episodes in which the policy is capable and pursues the wrong goal: complete, so that each can be
 * replayed and drawn anywhere, without the policy.
 */
export async function storeWrongGoalEpisodes(
  context: TaskContext,
  playable: PlayableSuite,
  { table, tracer, policy, acting, most }: PlayedSuite & { readonly most: number },
): Promise<ArtifactRef[]> {
  const { world, suite } = playable
  const shown = wrongPursuits(suite.facts, table).filter(({ level }) => level < maxKeptLevels)
  return Promise.all(
    shown.slice(0, most).map(({ level, steps }) =>
      context.artifacts.write({
        name: artifactNames.episode(world.name, level),
        bytes: encodeRecording({
          ...worldOf(playable, level),
          policy,
          mode: acting,
          actions: tracer.actionsOn(suite.levels[level]).slice(0, steps),
        }),
        mediaType: recordingMediaType,
        evidence: true,
      }),
    ),
  )
}

function worldOf(playable: PlayableSuite, level: number) {
  const { world, environment, suite } = playable
  return {
    format: 'goalpost-episode/1',
    environment: environment.name,
    version: environment.version,
    parameters: parametersJson(world.parameters),
    level: levelJson(environment, suite.levels[level]),
    seed: seedOf(playable, level).seed ?? 0,
  } as const
}
