import type { Manner } from './goal-evidence.ts'

/** Shares of decisions that an agent gets wrong. With more it would not be near-optimal. */
export const agentNoise: readonly number[] = [0.01, 0.03, 0.1, 0.2]

/**
 * Chances, at every decision, that an agent loses its way for the rest of the episode, like learned policies that move
 * back and forth in front of a wall. With larger ones, few episodes of thirty steps would be spent on the goal.
 */
export const agentLapses: readonly number[] = [0.002, 0.006, 0.02, 0.06]

/** All ways to pursue a goal, equally likely at first. */
export const manners: readonly Manner[] = agentNoise.flatMap((noise) => agentLapses.map((lapse) => ({ noise, lapse })))
