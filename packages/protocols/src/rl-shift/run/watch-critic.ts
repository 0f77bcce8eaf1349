import type { ArtifactRef } from '@goalpost/contracts'
import type { Simulator } from '@goalpost/environments'
import { createValueByPlace } from '@goalpost/evaluation'
import type { TaskContext } from '@goalpost/experiments'
import type { ActingPolicy } from '@goalpost/learning'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { encodeCritic } from '../critic-values.ts'
import type { PlayableSuite } from '../../worlds/run/suite.ts'

/** Episodes of a suite in which the critic is recorded, evenly spread over its levels. */
const maxWatched = 1024

type Watched = {
  readonly playable: PlayableSuite
  readonly simulator: Simulator<unknown>
  readonly policy: Pick<ActingPolicy, 'value'>
  readonly episodesPerLevel: number
}

/** Records the critic's values by place, without changing what is played; null where world or policy have none. */
export function watchCritic({ playable, simulator, policy, episodesPerLevel }: Watched) {
  const { way } = playable.environment
  const { value } = policy
  if (way === undefined || value === undefined) return null
  const episodes = playable.suite.levels.length * episodesPerLevel
  const stride = Math.max(1, Math.ceil(episodes / maxWatched))
  const byPlace = createValueByPlace(way, Math.ceil(episodes / stride))
  return {
    onDecision(slot: number, cell: number): void {
      if (cell % stride === 0) byPlace.add(cell / stride, way.placeOf(simulator, slot), value(slot))
    },
    store: ({ artifacts }: TaskContext): Promise<ArtifactRef> =>
      artifacts.write({
        name: artifactNames.critic(playable.world.name),
        bytes: encodeCritic(byPlace.means()),
        mediaType: 'application/json',
        evidence: true,
      }),
  }
}
