import type { AgencyModel, CandidateGoal, Decision, View } from '../../agency.ts'
import { stay, type EpisodeRecord, type Simulator } from '../../environment.ts'
import type { Pursuit } from './pursuits.ts'
import { neighbourOffsets, sideOf, type GridLevel } from './grid.ts'

/** A goal of somebody who walks about a grid. `pursue` begins an episode of a level. */
export type WalkerGoal<Parameters, Level, World> = CandidateGoal & {
  pursue(level: Level, parameters: Parameters): Pursuit<World>
}

type WalkerWorld<Parameters, Level, World extends Simulator<Level>> = {
  goals(parameters: Parameters): readonly WalkerGoal<Parameters, Level, World>[]
  createSimulator(parameters: Parameters, batch: number): World
  /** Where the walker of slot 0 is. */
  cellIn(simulator: World): number
  /**
   * What of an episode counts: all of it, or what leads to its first reward of goal or proxy. What comes after that was never
   * trained for where the one goal is all there is, and would drown what led there, for agent and device alike.
   */
  readonly until: 'first reward' | 'end'
}

const views: readonly View[] = [
  { name: 'open sides', description: 'which of the four neighbouring cells are walls' },
  { name: '3×3 window', description: 'all that the observation shows of the eight cells around, and of the own one' },
]

/** The agency of worlds in which somebody walks about a grid by `gridActions`. */
export function createWalkerAgency<Parameters extends object, Level extends GridLevel, World extends Simulator<Level>>(
  world: WalkerWorld<Parameters, Level, World>,
): AgencyModel<Parameters, Level> {
  // Making a simulator may take longer than an episode, and one is needed for hundreds of them.
  const stages = new WeakMap<Parameters, World>()

  function stageFor(parameters: Parameters): World {
    const stage = stages.get(parameters) ?? world.createSimulator(parameters, 1)
    stages.set(parameters, stage)
    return stage
  }

  return {
    candidates: (parameters) =>
      world.goals(parameters).map(({ name, description, unrelated }) => ({
        name,
        description,
        ...(unrelated === undefined ? {} : { unrelated }),
      })),
    views,
    decisions(parameters, level, episode) {
      const pursuits = world.goals(parameters).map((goal) => goal.pursue(level, parameters))
      return decisionsOf({ ...world, simulator: stageFor(parameters) }, { level, episode, pursuits })
    },
  }
}

type Stage<Level, World extends Simulator<Level>> = Pick<WalkerWorld<never, Level, World>, 'cellIn' | 'until'> & {
  readonly simulator: World
}

type Walk<Level, World> = {
  readonly level: Level
  readonly episode: EpisodeRecord
  readonly pursuits: readonly Pursuit<World>[]
}

function decisionsOf<Level extends GridLevel, World extends Simulator<Level>>(
  { simulator, cellIn, until }: Stage<Level, World>,
  { level, episode: { actions, seed = 0 }, pursuits }: Walk<Level, World>,
): Decision[] {
  const decisions: Decision[] = []
  simulator.reset(0, level, seed)
  for (const action of actions) {
    if (action !== stay) {
      const optimal = pursuits.map((pursuit) => pursuit(simulator))
      decisions.push({ action, optimal, views: viewsFrom(simulator, level, cellIn(simulator)) })
    }
    simulator.step(Uint8Array.of(action))
    const rewarded = simulator.rewards[0] > 0 || simulator.proxyRewards[0] > 0
    if ((rewarded && until === 'first reward') || simulator.terminated[0] + simulator.truncated[0] > 0) break
  }
  return decisions
}

function viewsFrom({ observations }: Simulator<unknown>, { size, walls }: GridLevel, cell: number): string[] {
  const side = sideOf(size)
  const channels = observations.length / side ** 2
  const rows = [cell - side, cell, cell + side].map((middle) =>
    observations.subarray((middle - 1) * channels, (middle + 2) * channels).join(''),
  )
  return [
    neighbourOffsets(size)
      .map((offset) => walls[cell + offset])
      .join(''),
    rows.join(' '),
  ]
}
