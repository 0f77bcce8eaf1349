import type { Engine } from '@goalpost/engine'
import type { GoalAggregate, ReferencePolicy, Simulator } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import type { Network } from '../networks/network.ts'
import type { EpisodeMetrics } from '../rollout/episode-ledger.ts'
import type { WindowMetrics } from '../rollout/step-window.ts'
import type { Instructor } from './goal-conditioned/tell-levels.ts'
import type { LevelTools } from './curriculum/level-tools.ts'
import type { Judge } from './judge/judge.ts'
import type { Narrator } from './judge/judge-method.ts'
import type { LevelBuilder } from './paired/paired-method.ts'

/** The world that a method trains in. It gives access to training levels and rewards, and to no suite. */
export type TrainingWorld<Level> = {
  /** Concurrent episodes. Only the training may reset and step it. */
  simulator(batch: number): Simulator<Level>
  /** The training level of an index ≥ 0, always the same for equal indices. */
  readonly levelOf: (index: number) => Level
  /** γ */
  readonly discount: number
  /** How proxy returns are aggregated. They are measured, but never learned from. */
  readonly proxyAggregate: GoalAggregate
  /** Whether the world is never reset: every slot is then one stream, measured by step instead of by episode. */
  readonly continuing: boolean
  /** For methods that imitate or are judged: an oracle on the levels in the simulator's slots. Default: `true-oracle`. */
  readonly demonstrator?: (
    simulator: Simulator<Level>,
    levelOf: (slot: number) => Level,
    oracle?: 'true-oracle' | 'proxy-oracle',
  ) => ReferencePolicy
  /** For methods that keep, judge or change levels. */
  readonly levelTools?: LevelTools<Level>
  /** For methods that tell the goal's place. */
  readonly instructor?: Instructor<Level>
  /** For methods whose goal module learns from levels of its own: the level of an index ≥ 0, of which none is played. */
  readonly goalLevelOf?: (index: number) => Level
  /** For methods with a judge that reads what episodes did. */
  readonly narrator?: Narrator<Level>
  /** For methods with a judge that is not simulated. */
  readonly judge?: Judge
  /** For methods in which a policy builds levels. */
  readonly builder?: LevelBuilder<Level>
}

export type TrainingSetup<Level> = {
  readonly engine: Engine
  readonly network: Network
  readonly world: TrainingWorld<Level>
  /** The number of iterations, e.g. for a falling learning rate. */
  readonly iterations: number
  /** The run's stream: all randomness comes from roles named below it, except for the role `levels`. */
  readonly stream: Stream
  /** Awaited between updates, so that the event loop turns. A rejection is passed on by `iterate`. */
  readonly yieldToEventLoop: () => Promise<void>
}

/** A number, or the reason why there is none. */
export type Measured = number | { readonly missing: string }

/** A level that a curriculum replays. */
export type FavouriteLevel = {
  /** As in `LevelTools`. */
  readonly level: string
  readonly score: number
  readonly replays: number
  /** Edits in sequence since it was generated. */
  readonly mutations: number
}

export type Iteration = {
  /** 1, 2, … */
  readonly iteration: number
  /** Environment steps learned from since training began, this iteration included. */
  readonly steps: number
  readonly episodes: EpisodeMetrics
  /** Of this iteration, if episodes never end; otherwise null. */
  readonly window: WindowMetrics | null
  /** The method's own measures, by name: the same names in every iteration. */
  readonly series: Readonly<Record<string, Measured>>
}

/** A checkpoint. The policy is enough to act; resuming training needs all parts of the state. */
export type TrainingParts = {
  readonly policy: Uint8Array
  /** By the names in `Method.stateParts`; as many sets of parameters as the method has. */
  readonly state: Readonly<Record<string, Uint8Array>>
}

/** One policy in training. */
export type Training = {
  /** @throws NotFiniteError if something is not finite. A training whose `iterate` failed is unusable. */
  iterate(): Promise<Iteration>
  stepsDone(): number
  /**
   * The number of started episodes by slot, episode k of slot i on level i + slots·k; null if levels are chosen in
   * another way.
   */
  levelsDrawn(): Int32Array | null
  /** The replayed levels of largest score; null for methods without a curriculum. */
  favouriteLevels(count: number): readonly FavouriteLevel[] | null
  /** Equal states give equal bytes. Not during `iterate`. */
  save(): Promise<TrainingParts>
  /** Continues as if the saved training had never stopped. */
  restore(parts: TrainingParts): void
  dispose(): void
}

/**
 * A way to train a policy, with its options. The guarantees of every method are tested in test/method-conformance.ts:
 * equal seeds give equal bytes, a resumed training ends like an uninterrupted one, and nothing is learned from
 * measured-only values.
 */
export type Method = {
  readonly name: string
  /** The parts of its state in checkpoints besides the policy. */
  readonly stateParts: readonly string[]
  readonly stepsPerIteration: number
  start<Level>(setup: TrainingSetup<Level>): Promise<Training>
}
