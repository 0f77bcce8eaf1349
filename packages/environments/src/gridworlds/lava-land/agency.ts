import { planArrival } from '../grid/arrival-plan.ts'
import { landmarks } from '../grid/landmarks.ts'
import { bestActions } from '../grid/goal-policies.ts'
import type { GridAgency, GridGoal } from '../grid/grid-agency.ts'
import type { LavaLevel } from './level.ts'
import type { LavaParameters } from './parameters.ts'
import type { LavaSimulator } from './simulator.ts'
import { lavaActionValues } from './solve-lava.ts'

type LavaGoal = GridGoal<LavaParameters, LavaLevel, LavaSimulator>

const goals: readonly LavaGoal[] = [
  {
    name: 'cheese-without-lava',
    pursue(level, rules) {
      const valuesIn = lavaActionValues(level, rules)
      return (simulator) => bestActions(valuesIn(simulator.mouseCell(0)))
    },
  },
  arrival({ name: 'cheese' }, ({ cheese }) => [cheese]),
  arrival({ name: 'lava', description: 'being on lava', unrelated: true }, ({ lava }) => lava),
  ...landmarks.map(({ cellIn, ...landmark }) => arrival(landmark, (level) => [cellIn(level)])),
]

export const lavaAgency: GridAgency<LavaParameters, LavaLevel, LavaSimulator> = {
  goals: () => goals,
  cellIn: (simulator) => simulator.mouseCell(0),
  until: 'first reward',
}

type Candidate = Omit<LavaGoal, 'pursue'>

function arrival(goal: Candidate, targets: (level: LavaLevel) => readonly number[]): LavaGoal {
  return {
    ...goal,
    pursue(level) {
      const plan = planArrival(level, { targets: targets(level), endings: [level.cheese] })
      return (simulator) => plan(simulator.mouseCell(0))
    },
  }
}
