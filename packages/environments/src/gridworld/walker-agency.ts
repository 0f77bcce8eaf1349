import type { AgencyModel, Decision, View } from '../agency.ts'
import { stay, type EpisodeRecord, type Goal, type Simulator } from '../environment.ts'
import { neighbourOffsets, sideOf, type GridLevel } from './grid.ts'
import type { CellPlan } from './arrival-plan.ts'

/** A goal of somebody who walks about a grid: what is best depends on the cell alone. */
export type WalkerGoal<Parameters, Level> = Goal & { plan(level: Level, parameters: Parameters): CellPlan }

type Walker<Level> = Simulator<Level> & { mouseCell(index: number): number }

type WalkerWorld<Parameters, Level> = {
  readonly goals: readonly WalkerGoal<Parameters, Level>[]
  createSimulator(parameters: Parameters, batch: number): Walker<Level>
}

const views: readonly View[] = [
  { name: 'open sides', description: 'which of the four neighbouring cells are walls' },
  { name: '3×3 window', description: 'all that the observation shows of the eight cells around, and of the own one' },
]

/** The agency of worlds in which a mouse walks about a grid, whose first channel shows the walls. */
export function createWalkerAgency<Parameters extends { readonly size: number }, Level extends GridLevel>({
  goals,
  createSimulator,
}: WalkerWorld<Parameters, Level>): AgencyModel<Parameters, Level> {
  return {
    candidates: () => goals.map(({ name, description }) => ({ name, description })),
    views,
    decisions(parameters, level, episode) {
      const plans = goals.map((goal) => goal.plan(level, parameters))
      return decisionsOf(createSimulator(parameters, 1), { level, episode, plans })
    },
  }
}

type Walk<Level> = {
  readonly level: Level
  readonly episode: EpisodeRecord
  readonly plans: readonly CellPlan[]
}

function decisionsOf<Level extends GridLevel>(
  simulator: Walker<Level>,
  { level, episode: { actions, seed = 0 }, plans }: Walk<Level>,
): Decision[] {
  const decisions: Decision[] = []
  simulator.reset(0, level, seed)
  for (const action of actions) {
    const cell = simulator.mouseCell(0)
    if (action !== stay)
      decisions.push({ action, optimal: plans.map((plan) => plan(cell)), views: viewsFrom(simulator, level, cell) })
    simulator.step(Uint8Array.of(action))
    const reached = simulator.rewards[0] > 0 || simulator.proxyRewards[0] > 0
    // What comes after a goal was reached was never trained for, and would drown what led there, for agent and device alike.
    if (reached || simulator.terminated[0] + simulator.truncated[0] > 0) break
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
