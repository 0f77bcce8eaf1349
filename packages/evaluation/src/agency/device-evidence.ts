import type { Decision } from '@goalpost/environments'
import { logHabit } from './log-space.ts'

/** What a device sees at step `step` of a trajectory. */
export type Sight = (trajectory: readonly Decision[], step: number) => string

/** Devices that need nothing of the environment. */
export const blindSights: readonly { readonly name: string; readonly sight: Sight }[] = [
  { name: 'nothing', sight: () => '' },
  { name: 'last action', sight: (trajectory, step) => `${trajectory[step - 1]?.action}` },
]

/**
 * ln p(trajectories | devices with this input): the mixture over all maps from input to a distribution of actions. Inputs
 * have nothing to do with each other, so that it factors into one mixture for each.
 */
export function logDevices(trajectories: readonly (readonly Decision[])[], sight: Sight, actions: number): number {
  const habits = new Map<string, number[]>()
  for (const trajectory of trajectories)
    for (const [step, { action }] of trajectory.entries()) {
      const input = sight(trajectory, step)
      const counts = habits.get(input) ?? Array.from({ length: actions }, () => 0)
      counts[action]++
      habits.set(input, counts)
    }
  // In a fixed order, so that the sum does not depend on that of the trajectories.
  const inputs = [...habits.keys()].toSorted()
  return inputs.reduce((sum, input) => sum + logHabit(habits.get(input) ?? [], actions), 0)
}
