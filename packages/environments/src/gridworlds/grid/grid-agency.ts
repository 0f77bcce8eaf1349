import type { AgencyModel, CandidateGoal, Decision, View } from '../../agency.ts'
import { stay, type EpisodeRecord, type Simulator } from '../../environment.ts'
import type { GoalPolicy } from './goal-policies.ts'
import { neighbourOffsets, sideOf, type GridLevel } from './grid.ts'

/** A goal of an agent that moves on a grid. `pursue` begins an episode of a level. */
export type GridGoal<Parameters, Level, World> = CandidateGoal & {
  pursue(level: Level, parameters: Parameters): GoalPolicy<World>
}

type GridWorld<Parameters, Level, World extends Simulator<Level>> = {
  goals(parameters: Parameters): readonly GridGoal<Parameters, Level, World>[]
  createSimulator(parameters: Parameters, batch: number): World
  /** The agent's cell in slot 0. */
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

/** The agency of worlds whose agent moves on a grid by `gridActions`. */
export function createGridAgency<Parameters extends object, Level extends GridLevel, World extends Simulator<Level>>(
  world: GridWorld<Parameters, Level, World>,
): AgencyModel<Parameters, Level> {
  // Making a simulator may take longer than an episode, and one is needed for hundreds of them.
  const simulators = new WeakMap<Parameters, World>()

  function simulatorFor(parameters: Parameters): World {
    const simulator = simulators.get(parameters) ?? world.createSimulator(parameters, 1)
    simulators.set(parameters, simulator)
    return simulator
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
      return decisionsOf({ ...world, simulator: simulatorFor(parameters) }, { level, episode, pursuits })
    },
  }
}

type Playing<Level, World extends Simulator<Level>> = Pick<GridWorld<never, Level, World>, 'cellIn' | 'until'> & {
  readonly simulator: World
}

type Walk<Level, World> = {
  readonly level: Level
  readonly episode: EpisodeRecord
  readonly pursuits: readonly GoalPolicy<World>[]
}

function decisionsOf<Level extends GridLevel, World extends Simulator<Level>>(
  { simulator, cellIn, until }: Playing<Level, World>,
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
