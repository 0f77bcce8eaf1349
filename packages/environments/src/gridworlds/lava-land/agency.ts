import type { CandidateGoal } from '../../agency.ts'
import { planArrival } from '../grid/arrival-plan.ts'
import { landmarks } from '../grid/landmarks.ts'
import { bestActions } from '../grid/goal-policies.ts'
import { createGridAgency, type GridGoal } from '../grid/grid-agency.ts'
import { lavaGoals } from './goals.ts'
import type { LavaLevel } from './level.ts'
import type { LavaParameters } from './parameters.ts'
import { createLavaSimulator } from './simulator.ts'
import { lavaActionValues } from './solve-lava.ts'

const { intendedGoal, proxyGoal } = lavaGoals

type LavaGoal = GridGoal<LavaParameters, LavaLevel, ReturnType<typeof createLavaSimulator>>

const goals: readonly LavaGoal[] = [
  {
    ...intendedGoal,
    pursue(level, rules) {
      const valuesIn = lavaActionValues(level, rules)
      return (simulator) => bestActions(valuesIn(simulator.mouseCell(0)))
    },
  },
  arrival(proxyGoal, ({ cheese }) => [cheese]),
  arrival({ name: 'lava', description: 'being on lava', unrelated: true }, ({ lava }) => lava),
  ...landmarks.map(({ cellIn, ...landmark }) => arrival(landmark, ({ size }) => [cellIn(size)])),
]

export const lavaAgency = createGridAgency({
  goals: () => goals,
  cellIn: (simulator) => simulator.mouseCell(0),
  until: 'first reward',
  createSimulator: createLavaSimulator,
})

function arrival(goal: CandidateGoal, targets: (level: LavaLevel) => readonly number[]): LavaGoal {
  return {
    ...goal,
    pursue(level) {
      const plan = planArrival(level, { targets: targets(level), endings: [level.cheese] })
      return (simulator) => plan(simulator.mouseCell(0))
    },
  }
}
