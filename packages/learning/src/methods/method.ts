import type { Engine } from '@goalpost/engine'
import type { GoalAggregate, Simulator } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import type { Network } from '../networks/network.ts'
import type { EpisodeMetrics } from '../rollout/episode-ledger.ts'
import type { WindowMetrics } from '../rollout/step-window.ts'

/** The world that a method trains in. It sees levels and rewards of training, and nothing of any suite. */
export type TrainingWorld<Level> = {
  /** Episodes side by side. Only the training may reset and step it. */
  simulator(batch: number): Simulator<Level>
  /** The training level of an index ≥ 0, always the same one for equal indices. */
  readonly levelOf: (index: number) => Level
  /** γ */
  readonly discount: number
  /** What a proxy return is made of. It is measured, and never learned from. */
  readonly proxyAggregate: GoalAggregate
  /** Whether the world is never reset: every slot is then one stream, measured by the step instead of by the episode. */
  readonly continuing: boolean
}

export type TrainingSetup<Level> = {
  readonly engine: Engine
  readonly network: Network
  readonly world: TrainingWorld<Level>
  /** How many iterations there will be, e.g. for a learning rate that falls. */
  readonly iterations: number
  /** The run's stream: all randomness comes from roles named below it, except for the role `levels`. */
  readonly stream: Stream
  /** Awaited between updates, so that the event loop turns. A rejection ends `iterate` with it. */
  readonly yieldToEventLoop: () => Promise<void>
}

/** A number, or why there is none. */
export type Measured = number | { readonly missing: string }

export type Iteration = {
  /** 1, 2, … */
  readonly iteration: number
  /** Environment steps since training began, this iteration included. */
  readonly steps: number
  readonly episodes: EpisodeMetrics
  /** Of this iteration, where no episode ever ends; null where they do. */
  readonly window: WindowMetrics | null
  /** What the method says of itself, by name: the same names in every iteration. */
  readonly series: Readonly<Record<string, Measured>>
}

/** A checkpoint. The policy is enough to act; with all parts of the state, training goes on. */
export type TrainingParts = {
  readonly policy: Uint8Array
  /** By the names in `Method.stateParts`; as many sets of parameters as the method has. */
  readonly state: Readonly<Record<string, Uint8Array>>
}

/** One policy in training. */
export type Training = {
  /** @throws NotFiniteError where something is not finite. A training whose `iterate` failed is of no further use. */
  iterate(): Promise<Iteration>
  stepsDone(): number
  /** By slot how many episodes were begun, episode k of slot i on level i + slots·k; null where levels are chosen in another way. */
  levelsDrawn(): Int32Array | null
  /** Equal states give equal bytes. Not while `iterate` is under way. */
  save(): Promise<TrainingParts>
  /** From here on everything is as if the training that was saved had never stopped. */
  restore(parts: TrainingParts): void
  dispose(): void
}

/**
 * A way to train a policy, with its options. What every method guarantees is tested in test/method-conformance.ts: equal seeds
 * give equal bytes, a resumed training ends as an undisturbed one, and nothing is learned from what is only measured.
 */
export type Method = {
  readonly name: string
  /** What its state in checkpoints consists of, beside the policy. */
  readonly stateParts: readonly string[]
  readonly stepsPerIteration: number
  start<Level>(setup: TrainingSetup<Level>): Promise<Training>
}
