import {
  createSuite,
  encodeOutcomes,
  evaluateEpisodes,
  measureCounted,
  outcomeMediaType,
  type BatchPolicy,
  type OutcomeTable,
  type Suite,
} from '@goalpost/evaluation'
import type { ArtifactRef, Measure } from '@goalpost/contracts'
import { observeThrough, type Environment, type Simulator } from '@goalpost/environments'
import { canonicalJson, type TaskContext } from '@goalpost/experiments'
import type { Stream } from '@goalpost/random'
import { isSecret, suiteStream } from '../suites/secret-suite.ts'
import { environmentOf } from '../environment-of.ts'
import type { SuiteWorld } from '../suites/world-inputs.ts'

/** A suite's frozen levels with everything needed to play them. */
export type PlayableSuite = {
  readonly world: SuiteWorld
  readonly environment: Environment
  readonly suite: Suite
  /** Randomness from its seed. */
  readonly stream: Stream
}

/** @throws GoalpostError `unavailable` if a secret suite needs another salt. */
export function openSuite(world: SuiteWorld, salt: string | null): PlayableSuite {
  const environment = environmentOf(world.environment)
  const stream = suiteStream(world, salt)
  return { world, environment, suite: drawSuite(environment, world, stream), stream }
}

/** Suites cached by a process: those of one experiment, at the size of its curves and of its end. */
const maxCached = 6
const remembered = new Map<string, Suite>()

/**
 * Draws and solves the levels. Cached, because a slow solver takes seconds and every checkpoint plays the same levels.
 * Levels are immutable, and equal worlds have equal ones, so sharing a suite is safe.
 */
function drawSuite(environment: Environment, world: SuiteWorld, stream: Stream): Suite {
  const { parameters, levelsFrom: source, levels, seed } = world
  const name = isSecret(world) ? world.name : null
  const key = canonicalJson({ environment: environment.name, parameters, source, levels, seed, name })
  const suite = remembered.get(key) ?? createSuite(environment, parameters, { source, levels, seed: stream })
  // Removes the least recently used one: a map keeps the order of insertion.
  remembered.delete(key)
  remembered.set(key, suite)
  for (const oldest of remembered.keys()) if (remembered.size > maxCached) remembered.delete(oldest)
  return suite
}

export function createSimulatorFor({ environment, world }: PlayableSuite, batch: number): Simulator<unknown> {
  const simulator = environment.createSimulator(world.parameters, batch)
  return observeThrough(simulator, environment.observation(world.parameters), world.observation)
}

/** Word (level, episode) is the seed of an episode: chance events belong to the suite, not to the policy. */
export function episodeSeeds({ stream }: Pick<PlayableSuite, 'stream'>): Stream {
  return stream.named('suite').named('episodes')
}

type Play = {
  readonly simulator: Simulator<unknown>
  readonly policy: BatchPolicy
  readonly episodesPerLevel: number
  readonly uniform: Stream
  readonly onDecision?: (slot: number, cell: number) => void
  readonly yieldToEventLoop: () => Promise<void>
}

export function playSuite(playable: PlayableSuite, play: Play): Promise<OutcomeTable> {
  const { environment, world, suite } = playable
  const { discount } = environment.horizon(world.parameters)
  return evaluateEpisodes({
    ...play,
    levels: suite.levels,
    discount,
    seeds: episodeSeeds(playable),
    goals: environment.goals,
    counterNames: environment.measures(world.parameters).counters,
  })
}

/** Means over the solvable levels; the unsolvable ones are counted by the reference task. */
export function summariseOutcomes(
  { suite, environment, world }: PlayableSuite,
  table: OutcomeTable,
  labels: Record<string, string>,
): Measure[] {
  const episodes = table.episodes
  const cells = Array.from({ length: table.levels * episodes }, (_, cell) => cell).filter(
    (cell) => suite.facts.solvable[Math.floor(cell / episodes)] === 1,
  )
  const [goal, proxy] = table.goals
  const columns = {
    'true return': goal.returns,
    'proxy return': proxy.returns,
    'success rate': goal.reached,
    'proxy rate': proxy.reached,
    'episode length': table.lengths,
  }
  const measured = Object.entries(columns).map(([name, column]) => ({ name, value: meanOver(cells, column) }))
  const { measures } = environment.measures(world.parameters)
  const counted = measureCounted(table, measures, suite.facts)
  return [...measured, ...counted].map(({ name, value }) => ({ name, labels, value, count: cells.length }))
}

function meanOver(cells: readonly number[], column: ArrayLike<number>): Measure['value'] {
  if (cells.length === 0) return { missing: 'no level of this suite can be solved' }
  return cells.reduce((sum, cell) => sum + column[cell], 0) / cells.length
}

export function storeOutcomes(context: TaskContext, name: string, table: OutcomeTable): Promise<ArtifactRef> {
  return context.artifacts.write({ name, bytes: encodeOutcomes(table), mediaType: outcomeMediaType, evidence: true })
}
