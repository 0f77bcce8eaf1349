import type { Goal } from '../environment.ts'
import { anyAction } from '../gridworld/arrival-plan.ts'
import { neighbourOffsets } from '../gridworld/grid.ts'
import { arriveAt, bestActions, landmarkGoals, type Pursuit } from '../gridworld/pursuits.ts'
import { createWalkerAgency, type WalkerGoal } from '../gridworld/walker-agency.ts'
import { cycleGoals } from './goals.ts'
import type { CycleLevel } from './level.ts'
import { leaderOrder, successors } from './orders.ts'
import type { CycleParameters } from './parameters.ts'
import { createCycleSimulator, type CycleSimulator } from './simulator.ts'
import { valueCycle } from './solve-cycle.ts'

type CycleGoal = WalkerGoal<CycleParameters, CycleLevel, CycleSimulator>

const mouseIn = (simulator: CycleSimulator): number => simulator.mouseCell(0)

const always: readonly CycleGoal[] = [
  { ...cycleGoals.intendedGoal, pursue: (level, rules) => pursueOrder(level, level.cycle, rules) },
  { ...cycleGoals.proxyGoal, pursue: (level, rules) => pursueOrder(level, leaderOrder(level, rules), rules) },
  wanting(
    { name: 'nearest sphere', description: 'being at a sphere, at another one with every visit' },
    (simulator, { spheres }) => spheres.filter((cell) => cell !== mouseIn(simulator)),
  ),
  ...landmarkGoals(mouseIn),
]

const leader = wanting({ name: 'the leader', description: 'being where the leader is' }, (simulator) => [
  simulator.leaderCell(0),
])

export const cycleAgency = createWalkerAgency<CycleParameters, CycleLevel, CycleSimulator>({
  goals: ({ agents }) => (agents.leader === 'absent' ? always : [...always, leader]),
  cellIn: mouseIn,
  until: 'end',
  createSimulator: createCycleSimulator,
})

function wanting(
  { name, description }: Goal,
  targetsIn: (simulator: CycleSimulator, level: CycleLevel) => readonly number[],
): CycleGoal {
  const pursue = (level: CycleLevel) =>
    arriveAt(level, mouseIn, (simulator: CycleSimulator) => ({ targets: targetsIn(simulator, level) }))
  return { name, description, pursue }
}

/** By the exact return of each action: what it earns, and the best that is left after it. */
function pursueOrder(level: CycleLevel, order: readonly number[], rules: CycleParameters): Pursuit<CycleSimulator> {
  const { spheres, walls } = level
  const valueOf = valueCycle(level, order, rules)
  const after = successors(order)
  return (simulator) => {
    const cell = mouseIn(simulator)
    const last = simulator.lastVisited(0)
    const steps = simulator.steps[0] + 1
    const values = neighbourOffsets(level.size).map((offset) => {
      const to = walls[cell + offset] === 1 ? cell : cell + offset
      const sphere = to === cell ? -1 : spheres.indexOf(to)
      if (sphere < 0) return rules.discount * valueOf(last, to, steps).value
      const reward = last < 0 || after[last] === sphere ? 1 : -rules.penalty
      return reward + rules.discount * valueOf(sphere, to, steps).value
    })
    return Math.max(...values) > 0 ? bestActions(values) : anyAction
  }
}
