import { levelJson } from '../level-json.ts'
import type { ArtifactRef } from '@goalpost/contracts'
import type { Picture } from '@goalpost/environments'
import type { BatchPolicy, OutcomeTable } from '@goalpost/evaluation'
import type { TaskContext } from '@goalpost/experiments'
import { artifactNames } from '../artifact-names.ts'
import { encodeExample, type ExampleEpisode } from '../episodes/example-episode.ts'
import { episodeSeeds, type PlayableSuite } from './suite.ts'
import { maxKeptLevels } from '../episodes/kept-episodes.ts'

const endings: readonly ExampleEpisode['reached'][] = ['proxy', 'goal', 'both', 'neither']

export type Tracer = {
  readonly policy: BatchPolicy
  /** The actions of the first episode on a level. */
  actionsOn(level: unknown): readonly number[]
}

/** A played suite. */
export type PlayedSuite = {
  readonly table: OutcomeTable
  readonly tracer: Tracer
  /** SHA-256 of the policy that acted. */
  readonly policy: string
  readonly acting: string
}

/** Records a policy's actions on the first levels of a suite, without changing them. */
export function createTracer(policy: BatchPolicy, levels: readonly unknown[]): Tracer {
  const traces = new Map<unknown, number[]>(levels.slice(0, maxKeptLevels).map((level) => [level, []]))
  const playing: (number[] | undefined)[] = []
  return {
    actionsOn: (level) => traces.get(level) ?? [],
    policy: {
      begin(slot, level) {
        const trace = traces.get(level)
        playing[slot] = trace?.length === 0 ? trace : undefined
        policy.begin?.(slot, level)
      },
      async act(observations, actions, uniform) {
        await policy.act(observations, actions, uniform)
        for (let slot = 0; slot < playing.length; slot++) playing[slot]?.push(actions[slot])
      },
    },
  }
}

/** Keeps an example episode: one with the commonest ending, long enough to show a path. */
export async function storeExample(
  context: TaskContext,
  playable: PlayableSuite,
  { table, tracer }: PlayedSuite,
): Promise<ArtifactRef | null> {
  const { world, environment, suite } = playable
  const solvable = suite.levels.map((_, level) => level).filter((level) => suite.facts.solvable[level] === 1)
  const ending = (level: number) => endingOf(table, level * table.episodes)
  const [common] = endings.toSorted((a, b) => countOf(solvable, ending, b) - countOf(solvable, ending, a))
  const actionsOn = (level: number) =>
    tracer.actionsOn(suite.levels[level]).slice(0, table.lengths[level * table.episodes])
  const recordOf = (level: number) => ({ actions: actionsOn(level), ...seedOf(playable, level) })
  const trailOn = (level: number) =>
    trailLength(environment.picture(world.parameters, suite.levels[level], recordOf(level)))
  const shown = solvable
    .filter((level) => level < maxKeptLevels && ending(level) === common)
    .map((level) => ({ level, trail: trailOn(level) }))
    .toSorted((a, b) => b.trail - a.trail)
  // The longest trails are unusual, the shortest show nothing.
  const level = shown[Math.floor(shown.length / 4)]?.level
  if (level === undefined) return null
  const example: ExampleEpisode = {
    level: levelJson(environment, suite.levels[level]),
    ...recordOf(level),
    reached: ending(level),
    share: countOf(solvable, ending, ending(level)) / solvable.length,
  }
  const name = artifactNames.example(world.name)
  return context.artifacts.write({ name, bytes: encodeExample(example), mediaType: 'application/json', evidence: true })
}

/** Of the first episode on a level. */
export function seedOf({ environment, stream }: Pick<PlayableSuite, 'environment' | 'stream'>, level: number) {
  return environment.stochastic ? { seed: episodeSeeds({ stream }).word(level, 0) } : {}
}

/** Cells that the agent left or entered; 0 if the world is not drawn in cells. */
function trailLength(picture: Picture): number {
  if (picture.kind !== 'cells') return 0
  return picture.rows.flat().filter(({ trail }) => trail !== 0).length
}

function endingOf({ goals }: OutcomeTable, cell: number): ExampleEpisode['reached'] {
  const [goal, proxy] = goals
  if (goal.reached[cell] === 1) return proxy.reached[cell] === 1 ? 'both' : 'goal'
  return proxy.reached[cell] === 1 ? 'proxy' : 'neither'
}

function countOf(levels: readonly number[], ending: (level: number) => string, name: string): number {
  return levels.filter((level) => ending(level) === name).length
}
