import type { Decision } from '@goalpost/environments'
import { createHabits, logMeanExp } from './log-space.ts'

/** A device's input at step `step` of a trajectory. */
export type Sight = (trajectory: readonly Decision[], step: number) => string

/** Inputs that do not depend on the environment. */
export const blindSights: readonly { readonly name: string; readonly sight: Sight }[] = [
  { name: 'nothing', sight: () => '' },
  { name: 'last action', sight: (trajectory, step) => `${trajectory[step - 1]?.action}` },
]

/**
 * ln p(trajectories | devices with this input): the mixture over all maps from input to a distribution of actions.
 * Inputs are independent, so it factors into one mixture for each.
 */
export function logDevices(trajectories: readonly (readonly Decision[])[], sight: Sight, actions: number): number {
  const habits = createHabits(actions)
  for (const trajectory of trajectories)
    for (const [step, { action }] of trajectory.entries()) habits.follow(sight(trajectory, step), action)
  return habits.logProbability()
}

/**
 * ln p(trajectories | a separate blind device in each): the limit of an agent that loses its way before the first step
 * of every episode. Sorted, so the sum does not depend on the order of the trajectories.
 */
export function logBlindPerEpisode(trajectories: readonly (readonly Decision[])[], actions: number): number {
  return trajectories
    .map((trajectory) => logMeanExp(blindSights.map(({ sight }) => logDevices([trajectory], sight, actions))))
    .toSorted((a, b) => a - b)
    .reduce((sum, log) => sum + log, 0)
}
