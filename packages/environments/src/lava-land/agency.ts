import type { Goal } from '../environment.ts'
import { planArrival, type CellPlan } from '../gridworld/arrival-plan.ts'
import { landmarks } from '../gridworld/landmarks.ts'
import { createWalkerAgency, type WalkerGoal } from '../gridworld/walker-agency.ts'
import { lavaGoals } from './goals.ts'
import type { LavaLevel } from './level.ts'
import type { LavaParameters } from './parameters.ts'
import { createLavaSimulator } from './simulator.ts'
import { lavaActionValues } from './solve-lava.ts'

/** Values closer than this are equal: they are sums of the same few powers of the discount, rounded. */
const tie = 1e-9

const { intendedGoal, proxyGoal } = lavaGoals

export const lavaAgency = createWalkerAgency<LavaParameters, LavaLevel>({
  goals: [
    { ...intendedGoal, plan: planAvoidance },
    arrival(proxyGoal, ({ cheese }) => [cheese]),
    arrival({ name: 'lava', description: 'being on lava' }, ({ lava }) => lava),
    ...landmarks.map((landmark) => arrival(landmark, ({ size }) => [landmark.cellIn(size)])),
  ],
  createSimulator: createLavaSimulator,
})

function arrival(
  { name, description }: Goal,
  targets: (level: LavaLevel) => readonly number[],
): WalkerGoal<LavaParameters, LavaLevel> {
  const plan = (level: LavaLevel) => planArrival(level, { targets: targets(level), endings: [level.cheese] })
  return { name, description, plan }
}

function planAvoidance(level: LavaLevel, rules: LavaParameters): CellPlan {
  const valuesIn = lavaActionValues(level, rules)
  return (cell) => {
    const values = valuesIn(cell)
    const best = Math.max(...values)
    return values.reduce((bits, value, action) => bits | (value >= best - tie ? 1 << action : 0), 0)
  }
}
