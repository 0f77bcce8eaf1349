import type { Rng } from '@goalpost/random'
import type { z } from 'zod'
import type { AgencyModel } from './agency.ts'
import type { LevelDesign } from './level-design.ts'
import type { Picture } from './rendering/picture.ts'
import type { VisibleObject } from './visible-object.ts'

/** Shape [height, width, channels] of one observation, row-major; every element takes one byte. */
export type ObservationSpec = {
  readonly shape: readonly [height: number, width: number, channels: number]
  readonly channels: readonly string[]
  /** `bit` (the default): 0 or 1. `byte`: 0 to 255, as in pixels. */
  readonly element?: 'bit' | 'byte'
  /** Channels with at most one cell set: networks look up their weights instead of multiplying. */
  readonly oneHot?: readonly number[]
  /** Channels that are 0 in every cell of every level that the generators draw with these parameters: networks skip them. */
  readonly blank?: readonly number[]
}

/** A goal that a policy may pursue; its return is measured on every episode. */
export type Goal = {
  /** Stable, kebab-case, e.g. `cheese`, `corner`, `top-right`. */
  readonly name: string
  readonly description: string
  /** Verb phrase for sentences: `get the cheese`, `go to the corner`. */
  readonly phrase?: string
  /** `intended`: trained on; exactly one, the first. `proxy`: agrees with it in training. `other`: neither. */
  readonly role: 'intended' | 'proxy' | 'other'
  /** Default: `discounted`. */
  readonly aggregate?: GoalAggregate
  /**
   * Whether an event that is rewarded at most once in an episode, and never negatively: every episode has reached it or
   * not. Default: not so.
   */
  readonly once?: true
  /** How exact its entry of `Solution.optimalReturns` is; absent if no optimum is known: the entry is null. */
  readonly exactness?: Exactness
}

/**
 * The return of an episode: Σ γ^(t − 1) · reward of step t (`discounted`), or the mean of its steps' rewards (`mean`)
 * for a goal that is a state, such as how many keys are held.
 */
export type GoalAggregate = 'discounted' | 'mean'

/** One value for each goal, in the environment's order. */
export type PerGoal<Value, Other = Value> = readonly [intended: Value, proxy: Value, ...others: Other[]]

/** The intended goal, then its proxies, then others. `α` and the mixtures refer to the first proxy. */
export type Goals = PerGoal<Goal>

/**
 * A seeded generator of levels. `agrees`: at the parameters' defaults, proxy and intended goal coincide on all of its
 * levels.
 */
export type LevelDistribution<Parameters, Level> = {
  readonly name: string
  readonly description: string
  readonly agrees: boolean
  sample(parameters: Parameters, random: Rng): Level
}

/**
 * How the world of an evaluation differs from that of training, as plain data. Fields left out change nothing. Applied
 * by `applyShift`.
 */
export type ShiftChange = {
  /** The levels' distribution. */
  readonly distribution?: string
  /** Parameters that change, including the step limit. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** Other agents' behaviour by role, e.g. leader: anti-expert. Overrides the entries of the parameter `agents`. */
  readonly agents?: Readonly<Record<string, string>>
  /** Changes every observation before the agent sees it. Works in any environment: see `observeThrough`. */
  readonly observation?: ObservationTransform
}

/** `hide`: names of objects or channels to blank in every observation; see `findHidden`. */
export type ObservationTransform = 'flip-vertical' | { readonly hide: readonly string[] }

/** A change of the world that experiments can name. */
export type Shift = ShiftChange & {
  readonly name: string
  readonly description: string
  /** Whether proxy and intended goal still coincide, as in controls such as a flipped view. */
  readonly agrees: boolean
}

export type OptimalReturns = PerGoal<number, number | null>

/** The solver's result for one level. Each goal has its `exactness`. */
export type Solution = {
  /** Whether the intended goal can earn anything within the step limit. */
  readonly solvable: boolean
  /** By goal: the best return, 0 if it can earn nothing; null if no optimum is known. */
  readonly optimalReturns: OptimalReturns
}

/**
 * `exact`: no policy has a larger expected return, and the oracle reaches it. `scripted`: the return of a documented
 * oracle (in a stochastic world the mean over episodes), which a policy may beat.
 */
export type Exactness = 'exact' | 'scripted'

/** Measures of an episode beside the returns, computed from integers that the simulator counts. */
export type MeasureTable = {
  /** Names of the columns of `Simulator.counters`. */
  readonly counters: readonly string[]
  readonly measures: readonly EpisodeMeasure[]
}

/** One measure: a mean over episodes with an interval, like every return. */
export type EpisodeMeasure = {
  readonly name: string
  readonly description: string
  readonly counter: string
  /**
   * `episode`: the mean of the counter. `step`: the mean of counter / steps of the episode. A counter: the sum of the
   * one over all episodes, divided by the sum of the other; missing if that is 0.
   */
  readonly per: 'episode' | 'step' | { readonly counter: string }
  /** For measures that differ in one number only, such as the number of trees: together they form a curve over it. */
  readonly place?: MeasurePlace
}

export type MeasurePlace = {
  /** What they all measure. */
  readonly family: string
  /** What the number counts; the title of the axis. */
  readonly axis: string
  readonly at: number
}

/** A ratio of sums over all episodes: counters over steps, or over another counter. */
export type CountedRatio = {
  readonly description: string
  /** Names of counters, added up. */
  readonly of: readonly string[]
  readonly per: 'steps' | { readonly counter: string }
}

/** Measures that verdicts read instead of returns if optimal returns are near 0, which gives no scale. */
export type JudgingMeasures = {
  /** Stands for capability: larger is more capable, for any goal. */
  readonly capability: CountedRatio
  /** Stands for the proxy: larger is closer to the proxy, smaller to the intended goal. */
  readonly proxy: CountedRatio
}

/**
 * Many episodes of one environment in lockstep. All arrays are owned by the simulator, are overwritten in place by
 * `step` and `reset`, and keep their identity; the hot loop allocates nothing.
 */
export type Simulator<Level> = {
  readonly batch: number
  /** [batch × height × width × channels], the current observation of every episode. */
  readonly observations: Uint8Array
  /** [goal][batch] rewards of the last step, by the environment's `goals`. Training reads only the first. */
  readonly goalRewards: PerGoal<Float32Array>
  /** [batch] 1 where the episode ended by its rules in the last step. */
  readonly terminated: Uint8Array
  /** [batch] 1 where only the step limit ended it in the last step. */
  readonly truncated: Uint8Array
  /** [batch] steps taken in the current episode. */
  readonly steps: Int32Array
  /** [batch × counters] counts since the episode began, in the order of the environment's measure table. */
  readonly counters: Int32Array
  /**
   * Starts a new episode of `level` in slot `index`. A finished slot must be reset before the next `step`. `seed` (an
   * unsigned 32-bit integer; default: 0) decides everything random: level, seed and actions determine the episode, for
   * any slot, batch and other episodes.
   */
  reset(index: number, level: Level, seed?: number): void
  /** actions: [batch], each an index into the environment's `actions`, or `stay`. */
  step(actions: Uint8Array): void
  /** By slot: state that the level does not determine, for checkpoints. Callers may keep it for years. */
  saveState(): readonly Uint8Array[]
  /** Throws a RangeError if the states are not of this environment. */
  restoreState(levels: readonly Level[], states: readonly Uint8Array[]): void
}

/**
 * An action that only lets one step pass. Every simulator accepts it, so that a reference policy can stand still; it is
 * not among an environment's `actions`, and no agent has it.
 */
export const stay = 255

/** Chooses one action for each episode of a simulator that it was made for. */
export type ReferencePolicy = {
  /** Fills actions[batch]. `uniform(index)` is a fresh uniform number in [0, 1) for that episode and step. */
  act(actions: Uint8Array, uniform: (index: number) => number): void
}

/** The references that every environment has. */
export const referenceNames = ['random', 'blind', 'proxy-oracle', 'true-oracle', 'either-oracle'] as const

/**
 * `random`, `blind`, `either-oracle`, or the oracle of a goal: its name and `-oracle`. `true-oracle` and `proxy-oracle`
 * are the oracles of the intended goal and of the first proxy.
 */
export type ReferenceName = 'random' | 'blind' | `${string}-oracle`

/** An axis along which an agent makes its way: what a critic expects is shown over it. */
export type Way<Level> = {
  /** What its whole numbers count; the title of the axis. */
  readonly axis: string
  /** The places that are shown, both included. */
  readonly from: number
  readonly to: number
  /** Where the agent of a slot is. Throws a TypeError for a foreign simulator. */
  placeOf(simulator: Simulator<Level>, slot: number): number
}

/** An action of an agent. */
export type Action = { readonly name: string; readonly description: string }

/** With its level, enough to replay an episode on any machine. */
export type EpisodeRecord = {
  readonly actions: Iterable<number>
  /** The seed of `reset`; default: 0. */
  readonly seed?: number
}

/** A level together with the parameters that its size needs. */
export type SizedLevel<Parameters, Level> = { readonly parameters: Parameters; readonly level: Level }

/** No measures beside the returns. */
export const noMeasures: MeasureTable = { counters: [], measures: [] }

/**
 * Everything about one kind of world. `Level` is immutable plain data; `Parameters` are validated by the schema.
 * Optional members are abilities: see `requireAbility`.
 */
export type Environment<Parameters = unknown, Level = unknown> = {
  readonly name: string
  /** Raised whenever rules, generators or observations change: part of every task's identity. */
  readonly version: string
  readonly title: string
  readonly description: string
  readonly parameters: z.ZodType<Parameters>
  readonly actions: readonly Action[]
  readonly goals: Goals
  /**
   * Training draws from the first. The second, if any, is mixed into it with probability α: levels on which proxy and
   * goal differ. More may follow.
   */
  readonly distributions: readonly LevelDistribution<Parameters, Level>[]
  /** Worlds to evaluate in. The first is the default of experiments. */
  readonly shifts: readonly Shift[]
  /** Whether episodes of one level differ by their seed. */
  readonly stochastic: boolean
  measures(parameters: Parameters): MeasureTable
  /** Absent if verdicts read returns. */
  readonly judging?: JudgingMeasures
  /** Candidate goals and views, if goals can be planned for exactly. */
  readonly agency?: AgencyModel<Parameters, Level>
  observation(parameters: Parameters): ObservationSpec
  /**
   * Objects with their own channels that must be seen to pursue one goal or the other. The first that identifies the
   * goal separates it from the proxy.
   */
  objects?(parameters: Parameters): readonly VisibleObject[]
  /** The discount γ of returns, and the step limit: Infinity if the world is never reset. */
  horizon(parameters: Parameters): { readonly discount: number; readonly maxSteps: number }
  createSimulator(parameters: Parameters, batch: number): Simulator<Level>
  /**
   * A reference policy bound to a simulator and the levels in its slots (`levelOf(index)`). Throws a RangeError if
   * there is no such policy.
   */
  createReference(
    name: ReferenceName,
    parameters: Parameters,
    simulator: Simulator<Level>,
    levelOf: (index: number) => Level,
  ): ReferencePolicy
  /** The optima of one level. */
  solve?(parameters: Parameters, level: Level): Solution
  /** Position of the intended goal in the observation; absent in worlds without one. */
  goalPlace?(level: Level): readonly [row: number, column: number]
  /** A level as text that people can draw and edit; `parseLevel` reads it. */
  printLevel?(parameters: Parameters, level: Level): string
  /** The level after an episode's actions, up to its end, with the path taken. In cells, as a scene or in pixels. */
  picture(parameters: Parameters, level: Level, episode?: EpisodeRecord): Picture
  /** Throws a RangeError that names line and column if the drawing is not a level. */
  parseLevel?(parameters: Parameters, drawing: string): Level
  /** Levels one edit away, each smaller or with less in it, largest edits first, for `shrinkLevel`. */
  smallerLevels?(parameters: Parameters, level: Level): Iterable<SizedLevel<Parameters, Level>>
  /** Absent in worlds that lead nowhere in particular. */
  readonly way?: Way<Level>
  /** Kinds and edits of levels, for curricula that choose or change them. */
  readonly design?: LevelDesign<Parameters, Level>
  levelToJson(level: Level): unknown
  levelFromJson(parameters: Parameters, json: unknown): Level
}
