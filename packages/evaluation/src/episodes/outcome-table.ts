import { mapGoals, type PerGoal } from '@goalpost/environments'

/**
 * The outcomes of every episode of one policy on one suite. All columns are [levels × episodes], level-major: episode
 * `e` of level `l` is at `l × episodes + e`.
 */
export type OutcomeTable = {
  readonly levels: number
  /** Episodes per level. */
  readonly episodes: number
  /** The intended goal, the conditions' proxy, and the environment's further goals, in its order. */
  readonly goals: PerGoal<GoalOutcomes>
  /** Steps taken. */
  readonly lengths: Uint32Array
  /** 1 where the episode ended by its rules. */
  readonly terminated: Uint8Array
  /** 1 where only the step limit ended it. */
  readonly truncated: Uint8Array
  /** Names of the other counts of every episode. */
  readonly counterNames: readonly string[]
  /** [levels × episodes × counterNames], at the end of each episode. */
  readonly counters: Int32Array
}

/** How far one goal was attained in every episode. */
export type GoalOutcomes = {
  /** The environment's name of the goal; `intended` and `proxy` in tables from before goals had their own columns. */
  readonly name: string
  /** Discounted return Σ γ^t · reward of step t + 1, or the mean over steps, by the goal's aggregate. */
  readonly returns: Float32Array
  /** 1 where some reward of the goal was positive. */
  readonly reached: Uint8Array
  /** Step, from 1, of the first positive reward; 0: never. Null in tables from before it was kept. */
  readonly firstSteps: Uint32Array | null
}

/** Names in tables for the two goals whose own names were not kept. */
export const legacyGoalNames = ['intended', 'proxy'] as const

export type TableShape = {
  readonly levels: number
  readonly episodes: number
  readonly goalNames: PerGoal<string>
  readonly counterNames?: readonly string[]
}

export function createOutcomeTable({ levels, episodes, goalNames, counterNames = [] }: TableShape): OutcomeTable {
  const cells = levels * episodes
  return {
    levels,
    episodes,
    goals: mapGoals(goalNames, (name) => ({
      name,
      returns: new Float32Array(cells),
      reached: new Uint8Array(cells),
      firstSteps: new Uint32Array(cells),
    })),
    lengths: new Uint32Array(cells),
    terminated: new Uint8Array(cells),
    truncated: new Uint8Array(cells),
    counterNames,
    counters: new Int32Array(cells * counterNames.length),
  }
}
