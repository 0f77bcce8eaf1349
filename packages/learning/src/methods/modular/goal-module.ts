import type { Engine, EngineTensor } from '@goalpost/engine'
import type { Rng, Stream } from '@goalpost/random'
import { greedyAction } from '../../acting/choose-action.ts'
import { compileNetwork } from '../../acting/compiled-network.ts'
import { initializeParameters } from '../../networks/initialize.ts'
import type { Network } from '../../networks/network.ts'
import { NotFiniteError } from '../../not-finite.ts'
import type { OptimizerState } from '../../optimizers/optimizer-memory.ts'
import { cloningLoss } from '../cloning/cloning-loss.ts'
import { createMinibatch, type Minibatch } from '../ppo/minibatches.ts'
import { createOptimizer } from '../ppo/optimizer.ts'
import type { PpoOptions } from '../ppo/options.ts'
import { learningRateAt } from '../ppo/trainer.ts'
import type { Lessons } from './lessons.ts'

/** Lessons of one update. */
const lessonsPerUpdate = 256

type GoalModuleSetup = {
  readonly engine: Engine
  readonly network: Network
  readonly options: PpoOptions
  /** Those that are learned from; at least one. */
  readonly lessons: Lessons
  /** Those that it is examined on. */
  readonly examination: Lessons
  /** The module uses the roles `init` and `lessons` below it. */
  readonly stream: Stream
  readonly yieldToEventLoop: () => Promise<void>
}

export type Learned = {
  /** Mean cross-entropy of the updates. */
  readonly loss: number
  /** Share of the examination's levels in which it now points at the lesson's cell. */
  readonly right: number
}

/** Learns, supervised, which cell to point at. */
export type GoalModule = {
  readonly network: Network
  /** As many updates as PPO makes in an iteration. @throws NotFiniteError */
  learn(): Promise<Learned>
  save(): Promise<OptimizerState>
  restore(state: OptimizerState): void
  dispose(): void
}

export async function createGoalModule(setup: GoalModuleSetup): Promise<GoalModule> {
  const { engine, network, options, lessons, stream, yieldToEventLoop } = setup
  const optimizer = await createOptimizer(
    { engine, network, options: supervised(options), objective: cloningLoss },
    initializeParameters(network, stream.named('init')),
  )
  const examiner = await createExaminer(setup)
  const draws = stream.named('lessons')
  const minibatch = createMinibatch({ samples: lessonsPerUpdate, observation: network.reading.length })
  const perIteration = options.epochs * options.minibatches
  let updates = 0
  return {
    network,
    async learn() {
      const iteration = updates / perIteration
      const learningRate = learningRateAt(options, iteration * options.environments * options.rolloutSteps)
      let loss = 0
      for (let i = 0; i < perIteration; i++) {
        drawLessons(minibatch, lessons, draws.at(updates))
        const { policyLoss } = await optimizer.update(minibatch, learningRate)
        if (!Number.isFinite(policyLoss)) throw new NotFiniteError('loss of the goal module', updates)
        loss += policyLoss / perIteration
        updates += 1
        await yieldToEventLoop()
      }
      return { loss, right: await examiner.shareRight(optimizer.parameters()) }
    },
    save: optimizer.save,
    restore(state) {
      optimizer.restore(state)
      updates = state.updates
    },
    dispose() {
      optimizer.dispose()
      examiner.dispose()
    },
  }
}

async function createExaminer({ engine, network, examination: { observations, cells } }: GoalModuleSetup) {
  const compiled = await compileNetwork(engine, network, cells.length)
  return {
    async shareRight(parameters: EngineTensor): Promise<number> {
      const bound = await compiled.bind(parameters, null)
      try {
        return shareRight(await bound.look(observations), cells)
      } finally {
        bound.dispose()
      }
    },
    dispose: compiled.dispose,
  }
}

/** One minibatch, with no other loss than the cross-entropy. */
function supervised(options: PpoOptions): PpoOptions {
  return {
    ...options,
    environments: lessonsPerUpdate,
    rolloutSteps: 1,
    minibatches: 1,
    valueCoefficient: 0,
    entropyCoefficient: 0,
  }
}

function drawLessons({ observations, actions }: Minibatch, lessons: Lessons, random: Rng): void {
  const length = observations.length / actions.length
  for (let i = 0; i < actions.length; i++) {
    const drawn = random.integer(lessons.cells.length)
    actions[i] = lessons.cells[drawn]
    observations.set(lessons.observations.subarray(drawn * length, (drawn + 1) * length), i * length)
  }
}

/** output: [n × (cells + 1)] logits and a value; cells: [n] the right ones. */
function shareRight(output: Float32Array, cells: Int32Array): number {
  const columns = output.length / cells.length
  let right = 0
  for (const [row, cell] of cells.entries()) {
    if (greedyAction(output, row * columns, columns - 1) === cell) right += 1
  }
  return right / cells.length
}
