import type { Compiled, Engine, EngineTensor } from '@goalpost/engine'
import type { Network } from '../../networks/network.ts'
import { biasCorrections } from '../../optimizers/adam.ts'
import { createOptimizerMemory, type OptimizerState, type OptimizerTensors } from '../../optimizers/optimizer-memory.ts'
import type { Objective } from './loss.ts'
import type { Minibatch } from './minibatches.ts'
import type { PpoOptions } from './options.ts'
import { createUpdate, updateMetrics, updateSpecs, zeroMetrics, type UpdateMetric } from './update.ts'

/** Parameters and Adam's moments on the engine, and the compiled update that moves them. */
export type Optimizer = {
  /** Flat [P]; replaced by every update. */
  parameters(): EngineTensor
  update(minibatch: Minibatch, learningRate: number): Promise<Record<UpdateMetric, number>>
  save(): Promise<OptimizerState>
  restore(state: OptimizerState): void
  dispose(): void
}

type OptimizerSetup = {
  readonly engine: Engine
  readonly network: Network
  readonly options: PpoOptions
  /** PPO's by default. */
  readonly objective?: Objective
}

export async function createOptimizer(setup: OptimizerSetup, parameters: Float32Array): Promise<Optimizer> {
  const { engine, network, options, objective } = setup
  const samples = (options.environments * options.rolloutSteps) / options.minibatches
  const sequences = options.environments / options.minibatches
  const compiled = await engine.compile(
    createUpdate(network, options, objective),
    updateSpecs(network, samples, sequences),
  )
  const memory = createOptimizerMemory(engine, parameters)
  return {
    parameters: () => memory.tensors().parameters,
    async update(minibatch, learningRate) {
      const { next, metrics } = await runUpdate(compiled, {
        ...memory.tensors(),
        ...minibatch,
        ...stepScalars(memory.nextUpdate(), learningRate),
      })
      memory.advance(next)
      return metrics
    },
    save: memory.save,
    restore: memory.restore,
    dispose() {
      memory.dispose()
      compiled.dispose()
    },
  }
}

async function runUpdate(
  compiled: Compiled,
  inputs: Parameters<Compiled['run']>[0],
): Promise<{ next: OptimizerTensors; metrics: Record<UpdateMetric, number> }> {
  const { parameters, firstMoment, secondMoment, metrics } = await compiled.run(inputs)
  const values = await metrics.data()
  metrics.dispose()
  const named = zeroMetrics()
  updateMetrics.forEach((name, i) => (named[name] = values[i]))
  return { next: { parameters, firstMoment, secondMoment }, metrics: named }
}

function stepScalars(step: number, learningRate: number): Record<string, Float32Array> {
  const { first, second } = biasCorrections(step)
  return {
    learningRate: Float32Array.of(learningRate),
    firstCorrection: Float32Array.of(first),
    secondCorrection: Float32Array.of(second),
  }
}
