import type { Rng } from '@goalpost/random'
import type { z } from 'zod'
import type { AgencyModel } from './agency.ts'
import type { Picture } from './rendering/picture.ts'
import type { VisibleObject } from './visible-object.ts'

/** Shape [height, width, channels] of one observation, row-major; every element takes one byte. */
export type ObservationSpec = {
  readonly shape: readonly [height: number, width: number, channels: number]
  readonly channels: readonly string[]
  /** `bit`, where left out: 0 or 1. `byte`: 0 to 255, as in pixels. */
  readonly element?: 'bit' | 'byte'
  /** Channels in which never more than one cell is set: networks look their weights up instead of multiplying. */
  readonly oneHot?: readonly number[]
}

/** One goal that a policy may pursue; its return is measured on every episode. */
export type Goal = {
  /** Stable, kebab-case, e.g. `cheese`, `corner`, `top-right`. */
  readonly name: string
  readonly description: string
  /** Verb phrase for sentences: `get the cheese`, `go to the corner`. */
  readonly phrase?: string
  /** `intended`: trained on; exactly one, the first. `proxy`: agrees with it in training. `other`: neither. */
  readonly role: 'intended' | 'proxy' | 'other'
  /** `discounted`, where left out. */
  readonly aggregate?: GoalAggregate
  /** How sure `Solution.optimalReturns` is of it; absent where no optimum is known, whose entry is then null. */
  readonly exactness?: Exactness
}

/**
 * What the return of an episode is: Σ γ^(t − 1) · reward of step t (`discounted`), or the mean of its steps' rewards
 * (`mean`), for a goal that is a state of affairs, such as how many keys are held.
 */
export type GoalAggregate = 'discounted' | 'mean'

/** One value for each goal, in the environment's order. */
export type PerGoal<Value, Other = Value> = readonly [intended: Value, proxy: Value, ...others: Other[]]

/** The intended goal, then its proxies, then others. `α` and the mixtures refer to the first proxy. */
export type Goals = PerGoal<Goal>

/**
 * A seeded generator of levels. `agrees` says that, at the parameters' defaults, proxy and intended goal coincide on all of
 * its levels.
 */
export type LevelDistribution<Parameters, Level> = {
  readonly name: string
  readonly description: string
  readonly agrees: boolean
  sample(parameters: Parameters, random: Rng): Level
}

/**
 * How the world of an evaluation differs from that of training: plain data, and what it does not name stays as it was.
 * Applied by `applyShift`.
 */
export type ShiftChange = {
  /** The levels' distribution. */
  readonly distribution?: string
  /** Parameters that take other values, the step limit among them. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** Other agents' behaviour by role, e.g. leader: anti-expert. Overrides the entries of the parameter `agents`. */
  readonly agents?: Readonly<Record<string, string>>
  /** What happens to every observation before the agent sees it. Any environment can be seen so: see `observeThrough`. */
  readonly observation?: ObservationTransform
}

/** `hide`: names of objects or channels that are blank in every observation; see `findHidden`. */
export type ObservationTransform = 'flip-vertical' | { readonly hide: readonly string[] }

/** A change of the world that experiments can name. */
export type Shift = ShiftChange & {
  readonly name: string
  readonly description: string
  /** Whether proxy and intended goal still coincide: so it is of shifts that are controls, such as a flipped view. */
  readonly agrees: boolean
}

export type OptimalReturns = PerGoal<number, number | null>

/** What the solver finds out about one level. Goals say how sure it is: see `Exactness`. */
export type Solution = {
  /** Whether the intended goal can earn anything at all within the step limit. */
  readonly solvable: boolean
  /** By goal: the best return, 0 where it can earn nothing; null where no optimum is known. */
  readonly optimalReturns: OptimalReturns
}

/**
 * `exact`: no policy has a larger expected return, and the oracle has this one. `scripted`: what a documented oracle gets
 * (the mean over episodes, where the world is stochastic): a policy may beat it.
 */
export type Exactness = 'exact' | 'scripted'

/** What is measured of an episode beside the two returns: made of integers that the simulator counts. */
export type MeasureTable = {
  /** Names of the columns of `Simulator.counters`. */
  readonly counters: readonly string[]
  readonly measures: readonly EpisodeMeasure[]
}

/** One measure: a mean over episodes, with an interval, as every return has. */
export type EpisodeMeasure = {
  readonly name: string
  readonly description: string
  readonly counter: string
  /**
   * What the counter is divided by: `episode`: nothing, the mean of the counter. `step`: the episode's steps, the mean of
   * these quotients. A counter: the sum over all episodes of the one over the sum of the other, missing where that is 0.
   */
  readonly per: 'episode' | 'step' | { readonly counter: string }
  /** Of measures that differ in one number only, such as how many trees stand: together they make a curve over it. */
  readonly place?: MeasurePlace
}

export type MeasurePlace = {
  /** What all of them measure. */
  readonly family: string
  /** What the number counts, for an axis. */
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

/** What verdicts read instead of returns, where optimal returns are near 0 and no scale can be made of them. */
export type JudgingMeasures = {
  /** Stands for capability: larger is more capable, whichever goal is pursued. */
  readonly capability: CountedRatio
  /** Stands for the proxy: larger is nearer to the proxy, smaller to the intended goal. */
  readonly proxy: CountedRatio
}

/**
 * Many episodes of one environment in lockstep. All arrays are owned by the simulator, are overwritten in place by `step`
 * and `reset`, and keep their identity; the hot loop allocates nothing.
 */
export type Simulator<Level> = {
  readonly batch: number
  /** [batch × height × width × channels], the current observation of every episode. */
  readonly observations: Uint8Array
  /** [goal][batch] rewards of the last step, by the environment's `goals`. Training reads the first, and no other. */
  readonly goalRewards: PerGoal<Float32Array>
  /** [batch] 1 where the episode ended by its rules in the last step. */
  readonly terminated: Uint8Array
  /** [batch] 1 where the step limit, and nothing else, ended it in the last step. */
  readonly truncated: Uint8Array
  /** [batch] steps taken in the current episode. */
  readonly steps: Int32Array
  /** [batch × counters] what was counted since the episode began, in the order of the environment's measure table. */
  readonly counters: Int32Array
  /**
   * Starts a new episode of `level` in slot `index`. A finished slot must be reset before the next `step`. `seed` (an
   * unsigned 32-bit integer; 0, where left out) decides whatever happens by chance: level, seed and actions are the whole
   * episode, whatever the slot, the batch and the other episodes.
   */
  reset(index: number, level: Level, seed?: number): void
  /** actions: [batch], each an index into the environment's `actions`, or `stay`. */
  step(actions: Uint8Array): void
  /** By slot: the state that a level alone does not determine, for checkpoints, and back. Others may keep it for years. */
  saveState(): readonly Uint8Array[]
  /** Throws a RangeError where the states are not of this environment. */
  restoreState(levels: readonly Level[], states: readonly Uint8Array[]): void
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

/** The references that every environment has. */
export const referenceNames = ['random', 'blind', 'proxy-oracle', 'true-oracle', 'either-oracle'] as const

/**
 * `random`, `blind`, `either-oracle`, or the oracle of a goal: its name and `-oracle`. `true-oracle` and `proxy-oracle` are
 * the oracles of the intended goal and of the first proxy.
 */
export type ReferenceName = 'random' | 'blind' | `${string}-oracle`

/** Something that an agent can do. */
export type Action = { readonly name: string; readonly description: string }

/** What, with its level, makes an episode: enough to play it again on any machine. */
export type EpisodeRecord = {
  readonly actions: Iterable<number>
  /** What the episode was reset with; 0 where left out. */
  readonly seed?: number
}

/** A level together with the parameters that its size needs. */
export type SizedLevel<Parameters, Level> = { readonly parameters: Parameters; readonly level: Level }

/** No measures beside the returns. */
export const noMeasures: MeasureTable = { counters: [], measures: [] }

/**
 * Everything about one kind of world. `Level` is immutable plain data; `Parameters` are validated by the schema. Optional
 * members are abilities: see `requireAbility`.
 */
export type Environment<Parameters = unknown, Level = unknown> = {
  readonly name: string
  /** Raised whenever rules, generators or observations change: part of every task's identity. */
  readonly version: string
  readonly title: string
  readonly description: string
  readonly parameters: z.ZodType<Parameters>
  /** As many as the world has. */
  readonly actions: readonly Action[]
  readonly goals: Goals
  /**
   * The first is what training draws from. The second, where there is one, is mixed into it with probability α: levels
   * on which proxy and goal come apart. More may follow.
   */
  readonly distributions: readonly LevelDistribution<Parameters, Level>[]
  /** Worlds to evaluate in. The first is the one that experiments take where they name none. */
  readonly shifts: readonly Shift[]
  /** Whether episodes of one level differ by their seed. */
  readonly stochastic: boolean
  measures(parameters: Parameters): MeasureTable
  /** Absent where verdicts read returns. */
  readonly judging?: JudgingMeasures
  /** Candidate goals and views, where goals can be planned for exactly. */
  readonly agency?: AgencyModel<Parameters, Level>
  observation(parameters: Parameters): ObservationSpec
  /**
   * What has to be seen to pursue one goal or the other, and has channels of its own. The first one that tells the goal is
   * the one whose sight parts it from the proxy.
   */
  objects?(parameters: Parameters): readonly VisibleObject[]
  /** The discount γ that returns are measured with, and the step limit: Infinity where a world is never reset. */
  horizon(parameters: Parameters): { readonly discount: number; readonly maxSteps: number }
  createSimulator(parameters: Parameters, batch: number): Simulator<Level>
  /**
   * A reference policy bound to a simulator and the levels that its slots are playing (`levelOf(index)`). Throws a RangeError
   * where there is no such policy.
   */
  createReference(
    name: ReferenceName,
    parameters: Parameters,
    simulator: Simulator<Level>,
    levelOf: (index: number) => Level,
  ): ReferencePolicy
  /** The optima of one level. */
  solve?(parameters: Parameters, level: Level): Solution
  /** Where the intended goal lies, as row and column of the observation; absent in worlds that have no such place. */
  goalPlace?(level: Level): readonly [row: number, column: number]
  /** A level as text that people can draw and edit: what `parseLevel` reads. */
  printLevel?(parameters: Parameters, level: Level): string
  /** The level after an episode's actions, with the way that they take; an episode that ends stops it. In cells, as a scene or in pixels. */
  picture(parameters: Parameters, level: Level, episode?: EpisodeRecord): Picture
  /** Throws a RangeError that names line and column where the drawing is not a level. */
  parseLevel?(parameters: Parameters, drawing: string): Level
  /** Levels one edit away from this one, each smaller or with less in it, the largest edits first: `shrinkLevel` tries them. */
  smallerLevels?(parameters: Parameters, level: Level): Iterable<SizedLevel<Parameters, Level>>
  levelToJson(level: Level): unknown
  levelFromJson(parameters: Parameters, json: unknown): Level
}
