import type { Generator } from '@goalpost/random'
import type { z } from 'zod'
import type { Picture } from './rendering/picture.ts'

/** Shape [height, width, channels] of one observation; every element is 0 or 1 and takes one byte, row-major. */
export type ObservationSpec = {
  readonly shape: readonly [height: number, width: number, channels: number]
  readonly channels: readonly string[]
}

/** One goal that a policy may pursue; its return is measured on every episode. */
export type Goal = { readonly name: string; readonly description: string }

/**
 * A seeded generator of levels. `agrees` says that, at the parameters' defaults, proxy and intended goal coincide on all of
 * its levels.
 */
export type LevelDistribution<Parameters, Level> = {
  readonly name: string
  readonly description: string
  readonly agrees: boolean
  sample(parameters: Parameters, random: Generator): Level
}

/** What the exact solver finds out about one level. Returns are discounted: γ^(steps − 1) at the goal. */
export type Solution = {
  /** Whether the intended goal can be reached at all within the step limit. */
  readonly solvable: boolean
  /** The best return of the intended goal; 0 where it cannot be reached. */
  readonly optimalReturn: number
  /** The best return of the proxy; 0 where it cannot be reached. */
  readonly optimalProxyReturn: number
  /** The larger of return and proxy return that one episode can have. */
  readonly optimalEitherReturn: number
}

/**
 * Many episodes of one environment in lockstep. All arrays are owned by the simulator, are overwritten in place by `step`
 * and `reset`, and keep their identity; the hot loop allocates nothing.
 */
export type Simulator<Level> = {
  readonly batch: number
  /** [batch × height × width × channels], the current observation of every episode. */
  readonly observations: Uint8Array
  /** [batch] reward of the intended goal in the last step. */
  readonly rewards: Float32Array
  /** [batch] reward of the proxy goal in the last step; never trained on. */
  readonly proxyRewards: Float32Array
  /** [batch] 1 where the episode ended by its rules in the last step. */
  readonly terminated: Uint8Array
  /** [batch] 1 where the step limit, and nothing else, ended it in the last step. */
  readonly truncated: Uint8Array
  /** [batch] steps taken in the current episode. */
  readonly steps: Int32Array
  /** Starts a new episode of `level` in slot `index`. A finished slot must be reset before the next `step`. */
  reset(index: number, level: Level): void
  /** actions: [batch], each an index into the environment's `actions`, or `stay`. */
  step(actions: Uint8Array): void
  /** The state that a level alone does not determine, for checkpoints: [batch × n], and back. */
  saveState(): Int32Array
  restoreState(levels: readonly Level[], state: Int32Array): void
}

/**
 * An action that does nothing but take a step of time. Every simulator accepts it, so that a reference policy can stand
 * still; it is not among an environment's `actions`, and no agent has it.
 */
export const stay = 255

/** Chooses one action for each episode of a simulator that it was made for. */
export type ReferencePolicy = {
  /** Fills actions[batch]. `uniform(index)` is a fresh uniform number in [0, 1) for that episode and step. */
  act(actions: Uint8Array, uniform: (index: number) => number): void
}

export const referenceNames = ['random', 'blind', 'proxy-oracle', 'true-oracle', 'either-oracle'] as const
export type ReferenceName = (typeof referenceNames)[number]

/** Everything about one kind of world. `Level` is immutable plain data; `Parameters` are validated by the schema. */
export type Environment<Parameters = unknown, Level = unknown> = {
  readonly name: string
  /** Raised whenever rules, generators or observations change: part of every task's identity. */
  readonly version: string
  readonly title: string
  readonly description: string
  readonly parameters: z.ZodType<Parameters>
  readonly actions: readonly string[]
  readonly intendedGoal: Goal
  readonly proxyGoal: Goal
  /** The first is where proxy and goal agree (NonDist), the second where they come apart (Dist); more may follow. */
  readonly distributions: readonly LevelDistribution<Parameters, Level>[]
  observation(parameters: Parameters): ObservationSpec
  /** The discount γ that returns are measured with, and the step limit. */
  horizon(parameters: Parameters): { readonly discount: number; readonly maxSteps: number }
  createSimulator(parameters: Parameters, batch: number): Simulator<Level>
  /** A reference policy bound to a simulator and the levels that its slots are playing (`levelOf(index)`). */
  createReference(
    name: ReferenceName,
    parameters: Parameters,
    simulator: Simulator<Level>,
    levelOf: (index: number) => Level,
  ): ReferencePolicy
  solve(parameters: Parameters, level: Level): Solution
  printLevel(parameters: Parameters, level: Level): string
  /** The level after `actions`, with the way that they take; an episode that ends stops it. */
  picture(parameters: Parameters, level: Level, actions?: Iterable<number>): Picture
  /** Throws a RangeError that names line and column where the drawing is not a level. */
  parseLevel(parameters: Parameters, drawing: string): Level
  levelToJson(level: Level): unknown
  levelFromJson(parameters: Parameters, json: unknown): Level
}
