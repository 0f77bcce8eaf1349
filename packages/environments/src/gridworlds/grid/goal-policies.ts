import type { CandidateGoal } from '../../agency.ts'
import { anyAction, planArrival, type CellPlan } from './arrival-plan.ts'
import type { GridLevel } from './grid.ts'
import { landmarks } from './landmarks.ts'

/** The best actions now, as bits; `anyAction` if none is better. Called in order, once per step. */
export type GoalPolicy<World> = (world: World) => number

/** Values closer than this are equal: they are sums of the same few powers of the discount, rounded. */
const tie = 1e-9

/** The actions of the greatest value, by number. */
export function bestActions(values: readonly number[]): number {
  const best = Math.max(...values)
  return values.reduce((bits, value, action) => bits | (value >= best - tie ? 1 << action : 0), 0)
}

export type Wanted = {
  readonly targets: readonly number[]
  /** Cells to avoid, unless they are targets; default: none. */
  readonly avoided?: readonly number[]
}

/**
 * To the nearest of the current targets, by every shortest path. Targets may change with every step; plans are kept
 * while they do not.
 */
export function arriveAt<World>(
  level: GridLevel,
  cellIn: (world: World) => number,
  wantedIn: (world: World) => Wanted,
): GoalPolicy<World> {
  let known = ''
  let plan: CellPlan = () => anyAction
  return (world) => {
    const { targets, avoided = [] } = wantedIn(world)
    const key = `${targets.join()}/${avoided.join()}`
    if (key !== known) plan = planArrival(level, { targets, endings: avoided })
    known = key
    return plan(cellIn(world))
  }
}

type LandmarkGoal<World> = CandidateGoal & { pursue(level: GridLevel): GoalPolicy<World> }

/** Places that every grid has, as goals in worlds where reaching one does not end the episode. */
export function landmarkGoals<World>(cellIn: (world: World) => number): LandmarkGoal<World>[] {
  return landmarks.map((landmark) => ({
    name: landmark.name,
    description: landmark.description,
    unrelated: true,
    pursue: (level) => arriveAt(level, cellIn, () => ({ targets: [landmark.cellIn(level)] })),
  }))
}

/** The cells in which a channel of the first observation is set. */
export function cellsShown({ observations, batch }: { observations: Uint8Array; batch: number }, channel: Channel) {
  const cells: number[] = []
  const length = observations.length / batch
  for (let cell = 0; cell * channel.of < length; cell++)
    if (observations[cell * channel.of + channel.index] === 1) cells.push(cell)
  return cells
}

type Channel = { readonly index: number; readonly of: number }
