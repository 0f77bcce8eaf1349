import type { Oracles } from '../grid/define-gridworld.ts'
import { planning } from '../grid/plan-follower.ts'
import type { CycleLevel } from './level.ts'
import { leaderOrder } from './orders.ts'
import type { CycleParameters } from './parameters.ts'
import { cycleActions, planCycle } from './solve-cycle.ts'

const goingRound = (orderOf: (level: CycleLevel, parameters: CycleParameters) => readonly number[]) =>
  planning((level: CycleLevel, parameters: CycleParameters) =>
    cycleActions(level, planCycle(level, orderOf(level, parameters), parameters)),
  )

export const cycleOracles: Oracles<CycleParameters, CycleLevel> = {
  'right-order': goingRound(({ cycle }) => cycle),
  'leader-order': goingRound(leaderOrder),
}
