import { anyAction } from '../grid/arrival-plan.ts'
import { neighbourOffsets } from '../grid/grid.ts'
import { arriveAt, bestActions, landmarkGoals, type GoalPolicy, type Wanted } from '../grid/goal-policies.ts'
import type { GridAgency, GridGoal } from '../grid/grid-agency.ts'
import { tourCells, type FollowLevel } from './level.ts'
import type { FollowParameters } from './parameters.ts'
import { followCounters, type FollowSimulator } from './simulator.ts'
import { searchTours } from './solve-follow.ts'

type FollowGoal = GridGoal<FollowParameters, FollowLevel, FollowSimulator>

const mouseIn = (simulator: FollowSimulator): number => simulator.mouseCell(0)
const rightVisits = followCounters.indexOf('right visits')
const tourVisits = followCounters.indexOf("visits in the leader's order")

const always: readonly FollowGoal[] = [
  // The next beacon of the right order, by a shortest path: earlier is never worse, and no other beacon counts.
  wanting({ name: 'right-order' }, (simulator, { beacons }) => {
    const next = beacons[simulator.counters[rightVisits]]
    return { targets: next === undefined ? [] : [next] }
  }),
  { name: 'leader-order', pursue: pursueTour },
  wanting(
    { name: 'nearest beacon', description: 'being at a beacon, at another one with every visit' },
    (simulator, level) => {
      return { targets: level.beacons.filter((cell) => cell !== mouseIn(simulator)) }
    },
  ),
  ...landmarkGoals(mouseIn),
]

const leader = wanting({ name: 'the leader', description: 'being where the leader is' }, (simulator) => ({
  targets: [simulator.leaderCell(0)],
}))

export const followAgency: GridAgency<FollowParameters, FollowLevel, FollowSimulator> = {
  goals: ({ agents }) => (agents.leader === 'absent' ? always : [...always, leader]),
  cellIn: mouseIn,
  until: 'end',
}

function wanting(
  candidate: Omit<FollowGoal, 'pursue'>,
  wantedIn: (simulator: FollowSimulator, level: FollowLevel) => Wanted,
): FollowGoal {
  const pursue = (level: FollowLevel) =>
    arriveAt(level, mouseIn, (simulator: FollowSimulator) => wantedIn(simulator, level))
  return { ...candidate, pursue }
}

/** By the exact return of each action: its reward, and the best return after it. */
function pursueTour(level: FollowLevel, rules: FollowParameters): GoalPolicy<FollowSimulator> {
  const search = searchTours(level, rules)
  const tour = tourCells(level)
  return (simulator) => {
    const cell = mouseIn(simulator)
    const steps = simulator.steps[0] + 1
    const [right, followed] = [simulator.counters[rightVisits], simulator.counters[tourVisits]]
    const values = neighbourOffsets(level.size).map((offset) => {
      if (level.walls[cell + offset] === 1) return search(cell, steps, { right, followed }).optimalReturn
      const to = cell + offset
      const [isRight, isNext] = [level.beacons[right] === to, tour[followed] === to]
      const visited = { right: right + Number(isRight), followed: followed + Number(isNext) }
      return (isNext ? rules.discount ** (steps - 1) : 0) + search(to, steps, visited).optimalReturn
    })
    return Math.max(...values) > 0 ? bestActions(values) : anyAction
  }
}
