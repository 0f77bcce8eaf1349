import { anyAction } from '../grid/arrival-plan.ts'
import { neighbourOffsets } from '../grid/grid.ts'
import { arriveAt, bestActions, landmarkGoals, type GoalPolicy } from '../grid/goal-policies.ts'
import type { GridAgency, GridGoal } from '../grid/grid-agency.ts'
import type { CycleLevel } from './level.ts'
import { leaderOrder, successors } from './orders.ts'
import type { CycleParameters } from './parameters.ts'
import { type CycleSimulator } from './simulator.ts'
import { goesOnFrom, valueCycle } from './solve-cycle.ts'

type CycleGoal = GridGoal<CycleParameters, CycleLevel, CycleSimulator>

const mouseIn = (simulator: CycleSimulator): number => simulator.mouseCell(0)
const rightFrom = (simulator: CycleSimulator): number => simulator.rightFrom(0)
const ledFrom = (simulator: CycleSimulator): number => simulator.ledFrom(0)

const always: readonly CycleGoal[] = [
  {
    name: 'right-order',
    pursue: (level, rules) => pursueOrder({ level, order: level.cycle, rules }, rightFrom),
  },
  {
    name: 'leader-order',
    pursue: (level, rules) => pursueOrder({ level, order: leaderOrder(level, rules), rules }, ledFrom),
  },
  wanting(
    { name: 'nearest sphere', description: 'being at a sphere, at another one with every visit' },
    (simulator, { spheres }) => spheres.filter((cell) => cell !== mouseIn(simulator)),
  ),
  ...landmarkGoals(mouseIn),
]

const leader = wanting({ name: 'the leader', description: 'being where the leader is' }, (simulator) => [
  simulator.leaderCell(0),
])

export const cycleAgency: GridAgency<CycleParameters, CycleLevel, CycleSimulator> = {
  goals: ({ agents }) => (agents.leader === 'absent' ? always : [...always, leader]),
  cellIn: mouseIn,
  until: 'end',
}

function wanting(
  candidate: Omit<CycleGoal, 'pursue'>,
  targetsIn: (simulator: CycleSimulator, level: CycleLevel) => readonly number[],
): CycleGoal {
  const pursue = (level: CycleLevel) =>
    arriveAt(level, mouseIn, (simulator: CycleSimulator) => ({ targets: targetsIn(simulator, level) }))
  return { ...candidate, pursue }
}

type Tour = { readonly level: CycleLevel; readonly order: readonly number[]; readonly rules: CycleParameters }

/** By the exact return of each action: its reward, and the best return after it. */
function pursueOrder(
  { level, order, rules }: Tour,
  fromIn: (simulator: CycleSimulator) => number,
): GoalPolicy<CycleSimulator> {
  const { spheres, walls } = level
  const valueOf = valueCycle(level, order, rules)
  const after = successors(order)
  return (simulator) => {
    const cell = mouseIn(simulator)
    const from = fromIn(simulator)
    const steps = simulator.steps[0] + 1
    const values = neighbourOffsets(level.size).map((offset) => {
      const to = walls[cell + offset] === 1 ? cell : cell + offset
      const sphere = to === cell ? -1 : spheres.indexOf(to)
      if (sphere < 0) return rules.discount * valueOf(from, to, steps).value
      const right = from < 0 || after[from] === sphere
      const next = goesOnFrom({ sphere, right }, from, rules)
      return (right ? 1 : -rules.penalty) + rules.discount * valueOf(next, to, steps).value
    })
    return Math.max(...values) > 0 ? bestActions(values) : anyAction
  }
}
