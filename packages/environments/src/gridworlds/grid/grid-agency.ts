import type { AgencyModel, CandidateGoal, Decision, View } from '../../agency.ts'
import { stay, type EpisodeRecord, type Goals, type Simulator } from '../../environment.ts'
import type { GoalPolicy } from './goal-policies.ts'
import { neighbourOffsets, sideOf, type GridLevel } from './grid.ts'

/**
 * A goal of an agent that moves on a grid. Without a description, it is the environment's goal of that name. `pursue`
 * starts an episode of a level.
 */
export type GridGoal<Parameters, Level, World> = Pick<CandidateGoal, 'name' | 'unrelated'> & {
  readonly description?: string
  pursue(level: Level, parameters: Parameters): GoalPolicy<World>
}

/** A world's part of the model for inferring a policy's goal. */
export type GridAgency<Parameters, Level, World> = {
  goals(parameters: Parameters): readonly GridGoal<Parameters, Level, World>[]
  /** The agent's cell in slot 0. */
  cellIn(simulator: World): number
  /**
   * The counted part of an episode: all of it, or up to the first reward of goal or proxy. With a single reward, later
   * steps were never trained and would outweigh the earlier ones, for agents and devices.
   */
  readonly until: 'first reward' | 'end'
}

type GridWorld<Parameters, Level, World> = {
  readonly agency: GridAgency<Parameters, Level, World>
  /** The environment's. */
  readonly goals: Goals
  createSimulator(parameters: Parameters, batch: number): World
}

const views: readonly View[] = [
  { name: 'open sides', description: 'which of the four neighbouring cells are walls' },
  { name: '3×3 window', description: 'all that the observation shows of the eight cells around, and of the own one' },
]

/** The agency of worlds whose agent moves on a grid by `gridActions`. */
export function createGridAgency<Parameters extends object, Level extends GridLevel, World extends Simulator<Level>>({
  agency,
  goals,
  createSimulator,
}: GridWorld<Parameters, Level, World>): AgencyModel<Parameters, Level> {
  // Making a simulator may take longer than an episode, so one is shared by hundreds of them.
  const simulators = new WeakMap<Parameters, World>()

  function simulatorFor(parameters: Parameters): World {
    const simulator = simulators.get(parameters) ?? createSimulator(parameters, 1)
    simulators.set(parameters, simulator)
    return simulator
  }

  return {
    candidates: (parameters) => agency.goals(parameters).map((goal) => describeCandidate(goal, goals)),
    views,
    decisions(parameters, level, episode) {
      const policies = agency.goals(parameters).map((goal) => goal.pursue(level, parameters))
      return decisionsOf({ ...agency, simulator: simulatorFor(parameters) }, { level, episode, policies })
    },
  }
}

/** Throws a RangeError without a description. */
function describeCandidate(
  { name, description, unrelated }: Pick<GridGoal<never, never, never>, 'name' | 'description' | 'unrelated'>,
  goals: Goals,
): CandidateGoal {
  const text = description ?? goals.find((goal) => goal.name === name)?.description
  if (text === undefined) throw new RangeError(`the candidate goal ${name} has no description, and is no goal`)
  return { name, description: text, ...(unrelated === undefined ? {} : { unrelated }) }
}

type Playing<Level, World extends Simulator<Level>> = Pick<GridAgency<never, Level, World>, 'cellIn' | 'until'> & {
  readonly simulator: World
}

type Walk<Level, World> = {
  readonly level: Level
  readonly episode: EpisodeRecord
  readonly policies: readonly GoalPolicy<World>[]
}

function decisionsOf<Level extends GridLevel, World extends Simulator<Level>>(
  { simulator, cellIn, until }: Playing<Level, World>,
  { level, episode: { actions, seed = 0 }, policies }: Walk<Level, World>,
): Decision[] {
  const decisions: Decision[] = []
  simulator.reset(0, level, seed)
  for (const action of actions) {
    if (action !== stay) {
      const optimal = policies.map((policy) => policy(simulator))
      decisions.push({ action, optimal, views: viewsFrom(simulator, level, cellIn(simulator)) })
    }
    simulator.step(Uint8Array.of(action))
    const rewarded = simulator.goalRewards[0][0] > 0 || simulator.goalRewards[1][0] > 0
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
