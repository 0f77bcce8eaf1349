import { readFloats, type Engine } from '@goalpost/engine'
import type { GoalAggregate, Simulator } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import { compileNetwork } from '../../acting/compiled-network.ts'
import { createEpisodeMemory } from '../../acting/episode-memory.ts'
import type { LevelSource } from '../../levels/level-source.ts'
import { initializeParameters } from '../../networks/initialize.ts'
import type { Network } from '../../networks/network.ts'
import { NotFiniteError } from '../../not-finite.ts'
import { collectRollout, type Collector } from '../../rollout/collect-rollout.ts'
import type { Demonstration } from '../../rollout/demonstration.ts'
import type { StepJudge } from '../../rollout/judge-steps.ts'
import { createEpisodeLedger, type EpisodeMetrics } from '../../rollout/episode-ledger.ts'
import { createRollout, type Rollout } from '../../rollout/rollout.ts'
import type { WindowMetrics } from '../../rollout/step-window.ts'
import { encodePolicySnapshot, parsePolicySnapshot } from '../../snapshots/policy-snapshot.ts'
import { SnapshotError } from '../../snapshots/sections.ts'
import { encodeTrainingSnapshot, parseTrainingSnapshot } from '../../snapshots/training-snapshot.ts'
import { estimateAdvantages, explainedVariance, type Advantages } from './advantage.ts'
import type { Objective } from './loss.ts'
import { createMinibatch, fillMinibatch, shuffle, shuffleSequences } from './minibatches.ts'
import { createOptimizer, type Optimizer } from './optimizer.ts'
import { checkPpoOptions, type PpoOptions } from './options.ts'
import { updateMetrics, zeroMetrics, type UpdateMetric } from './update.ts'

export type PpoTrainerSetup<Level> = {
  readonly engine: Engine
  readonly network: Network
  readonly options: PpoOptions
  /** Its batch is `options.environments`. Only the trainer may reset and step it. */
  readonly simulator: Simulator<Level>
  readonly levels: LevelSource<Level>
  /** How proxy returns are aggregated; `discounted` by default. */
  readonly proxyAggregate?: GoalAggregate
  /** Whether the simulator's episodes never end. */
  readonly continuing?: boolean
  /** What updates minimise; PPO's objective by default. */
  readonly objective?: Objective
  /** Whose actions are learned; the network's own by default. */
  readonly demonstration?: Demonstration
  /** Who rewards single steps; by default the world's rewards are learned from. */
  readonly judge?: StepJudge
  /** Changes the advantages of a rollout before they are learned from. */
  readonly reweigh?: (played: Played) => void
  /** The run's stream; the trainer uses the roles `init`, `actions`, `shuffle`, `episodes`, `demonstrator` and `judge` below it. */
  readonly stream: Stream
  /** Awaited between updates, so that the event loop turns. A rejection is passed on by `iterate`. */
  readonly yieldToEventLoop: () => Promise<void>
}

export type IterationMetrics = {
  readonly iteration: number
  /** Environment steps since training began, this iteration included. */
  readonly steps: number
  readonly learningRate: number
  readonly episodes: EpisodeMetrics
  /** Of this iteration, if episodes never end; otherwise null. */
  readonly window: WindowMetrics | null
  /** Of the rollout's values. */
  readonly explainedVariance: number
  /** Means over the iteration's updates. */
  readonly updates: Readonly<Record<UpdateMetric, number>>
}

/** The parts of a checkpoint. `policy` is enough to act; both are needed to resume training. */
export type TrainerParts = { readonly policy: Uint8Array; readonly training: Uint8Array }

/** A rollout, valid until the next one. */
export type Played = Rollout &
  Advantages & {
    readonly episodes: EpisodeMetrics
    readonly window: WindowMetrics | null
  }

export type PpoTrainer = {
  /**
   * Collects one rollout (environments × rolloutSteps) and learns from it (epochs × minibatches updates).
   * @throws NotFiniteError if a loss or gradient is not finite. A trainer whose `iterate` failed is unusable.
   */
  iterate(): Promise<IterationMetrics>
  /** Collects one rollout, from new episodes in every slot. `learn` may follow; without it, nothing is learned. */
  playFromStart(): Promise<Played>
  /** Learns from a rollout just collected. Throws as `iterate` does. */
  learn(played: Played): Promise<IterationMetrics>
  /** Environment steps learned from. */
  stepsDone(): number
  /** All environment steps, also those of rollouts that were only played. */
  stepsPlayed(): number
  /** [environments] the number of started episodes by environment, each at its own level. */
  episodesBegun(): Int32Array
  /** Equal states give equal bytes. Not during `iterate`. */
  save(): Promise<TrainerParts>
  /** Continues as if the saved training had never stopped. */
  restore(parts: TrainerParts): void
  /** Throws as `restore` would, and changes nothing: for trainings of several trainers. */
  check(parts: TrainerParts): void
  /** Flat [P]. */
  parameters(): Promise<Float32Array>
  dispose(): void
}

export async function createPpoTrainer<Level>(setup: PpoTrainerSetup<Level>): Promise<PpoTrainer> {
  const { network, options, simulator, stream } = setup
  checkPpoOptions(options, network)
  if (simulator.batch !== options.environments)
    throw new RangeError(`the simulator runs ${simulator.batch} episodes, not ${options.environments}`)
  const collector = await createCollector(setup)
  const { ledger, rollout, memory } = collector
  const optimizer = await createOptimizer(setup, initializeParameters(network, stream.named('init')))
  const learn = createLearner(setup, optimizer)
  const stepsPerIteration = options.environments * options.rolloutSteps
  let iteration = 0
  let rollouts = 0
  ledger.begin()

  async function play(): Promise<Played> {
    await collectRollout(collector, optimizer.parameters(), rollouts * options.rolloutSteps)
    rollouts += 1
    const { discount, environments, gaeLambda: lambda } = options
    const advantages = estimateAdvantages({ ...rollout, environments, discount, lambda })
    return { ...rollout, ...advantages, episodes: ledger.summarize(), window: ledger.takeWindow() }
  }

  async function learnFrom(played: Played): Promise<IterationMetrics> {
    setup.reweigh?.(played)
    const { episodes, window, ...samples } = played
    const learningRate = learningRateAt(options, iteration * stepsPerIteration)
    const updates = await learn(samples, iteration, learningRate)
    iteration += 1
    return {
      iteration,
      steps: iteration * stepsPerIteration,
      learningRate,
      episodes,
      window,
      explainedVariance: explainedVariance(samples.values, samples.returns),
      updates,
    }
  }

  function read(parts: TrainerParts) {
    const { parameters } = parsePolicySnapshot(parts.policy)
    const training = parseTrainingSnapshot(parts.training)
    const sized = parameters.length === network.size && training.ledger.episodes.length === options.environments
    if (!sized || (training.memory === null) !== (memory === null))
      throw new SnapshotError('it belongs to a training of another size')
    setup.levels.check?.(training.ledger.levels)
    return { parameters, training }
  }

  return {
    iterate: async () => learnFrom(await play()),
    playFromStart() {
      ledger.restart()
      for (let slot = 0; slot < options.environments; slot++) memory?.begin(slot)
      return play()
    },
    learn: learnFrom,
    stepsDone: () => iteration * stepsPerIteration,
    stepsPlayed: () => rollouts * stepsPerIteration,
    episodesBegun: () => ledger.begun(),
    async save() {
      const { parameters, ...moments } = await optimizer.save()
      return {
        policy: encodePolicySnapshot({ network: network.spec, interface: network.interface, parameters }),
        training: encodeTrainingSnapshot({
          iteration,
          rollouts,
          optimizer: moments,
          ledger: ledger.save(),
          memory: memory === null ? null : await memory.save(),
        }),
      }
    },
    restore(parts) {
      const { parameters, training } = read(parts)
      optimizer.restore({ ...training.optimizer, parameters })
      ledger.restore(training.ledger)
      if (training.memory !== null) memory?.restore(training.memory)
      iteration = training.iteration
      rollouts = training.rollouts
    },
    check(parts) {
      read(parts)
    },
    parameters: () => readFloats(optimizer.parameters()),
    dispose() {
      optimizer.dispose()
      collector.network.dispose()
      memory?.dispose()
    },
  }
}

async function createCollector<Level>(setup: PpoTrainerSetup<Level>): Promise<Collector> {
  const { engine, network, options, simulator } = setup
  const { environments, rolloutSteps: steps } = options
  const memory = network.memory?.width ?? 0
  return {
    rollout: createRollout({ steps, environments, observation: network.reading.length, memory }),
    network: await compileNetwork(engine, network, environments),
    reading: network.reading,
    read: network.reading.follow(environments),
    memory: memory === 0 ? null : createEpisodeMemory(engine, memory, environments),
    // The collector only steps and observes; the ledger handles levels with its source.
    simulator,
    ledger: createEpisodeLedger(simulator, setup.levels, {
      discount: options.discount,
      seeds: setup.stream.named('episodes'),
      ...(setup.proxyAggregate === undefined ? {} : { proxyAggregate: setup.proxyAggregate }),
      continuing: setup.continuing ?? false,
    }),
    actions: setup.stream.named('actions'),
    actionCount: network.interface.actions,
    demonstrating:
      setup.demonstration === undefined
        ? null
        : { ...setup.demonstration, uniform: setup.stream.named('demonstrator') },
    judging: setup.judge === undefined ? null : { ...setup.judge, uniform: setup.stream.named('judge') },
    bootstrapTruncated: options.bootstrapTruncated,
    yieldToEventLoop: setup.yieldToEventLoop,
  }
}

type Learner = (
  samples: Rollout & Advantages,
  iteration: number,
  learningRate: number,
) => Promise<Record<UpdateMetric, number>>

/** Epochs × minibatches updates, in an order that depends only on iteration and epoch. */
function createLearner<Level>(setup: PpoTrainerSetup<Level>, optimizer: Optimizer): Learner {
  const { options, network } = setup
  const total = options.environments * options.rolloutSteps
  const samples = total / options.minibatches
  const order = new Int32Array(total)
  const minibatch = createMinibatch({
    samples,
    observation: network.reading.length,
    ...(network.memory === null
      ? {}
      : { sequences: { count: options.environments / options.minibatches, memory: network.memory.width } }),
  })
  const shuffles = setup.stream.named('shuffle')
  return async (source, iteration, learningRate) => {
    const sums = zeroMetrics()
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      const random = shuffles.at(iteration * options.epochs + epoch)
      if (network.memory === null) shuffle(order, random)
      else shuffleSequences(order, random, options)
      for (let from = 0; from < total; from += samples) {
        fillMinibatch(minibatch, source, order, from)
        const metrics = await optimizer.update(minibatch, learningRate)
        for (const name of updateMetrics) {
          if (!Number.isFinite(metrics[name])) throw new NotFiniteError(name, (iteration + 1) * total)
          sums[name] += metrics[name] / (options.epochs * options.minibatches)
        }
        await setup.yieldToEventLoop()
      }
    }
    return sums
  }
}

export function learningRateAt(options: PpoOptions, stepsDone: number): number {
  if (options.schedule === 'constant') return options.learningRate
  return options.learningRate * Math.max(0, 1 - stepsDone / options.totalSteps)
}
