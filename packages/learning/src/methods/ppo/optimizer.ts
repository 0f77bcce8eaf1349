import { readFloats, type Compiled, type Engine, type EngineTensor } from '@goalpost/engine'
import type { Network } from '../../networks/network.ts'
import { biasCorrections } from './adam.ts'
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

export type OptimizerState = {
  readonly updates: number
  readonly parameters: Float32Array
  readonly firstMoment: Float32Array
  readonly secondMoment: Float32Array
}

const stateNames = ['parameters', 'firstMoment', 'secondMoment'] as const
type Tensors = Record<(typeof stateNames)[number], EngineTensor>

type OptimizerSetup = { readonly engine: Engine; readonly network: Network; readonly options: PpoOptions }

export async function createOptimizer(setup: OptimizerSetup, parameters: Float32Array): Promise<Optimizer> {
  const { engine, network, options } = setup
  const samples = (options.environments * options.rolloutSteps) / options.minibatches
  const sequences = options.environments / options.minibatches
  const compiled = await engine.compile(createUpdate(network, options), updateSpecs(network, samples, sequences))
  const upload = (values: Float32Array) => engine.tensor(values, { shape: [network.size], type: 'float32' })
  const zeros = new Float32Array(network.size)
  let tensors: Tensors = { parameters: upload(parameters), firstMoment: upload(zeros), secondMoment: upload(zeros) }
  let updates = 0

  function replace(next: Tensors): void {
    for (const name of stateNames) tensors[name].dispose()
    tensors = next
  }

  return {
    parameters: () => tensors.parameters,
    async update(minibatch, learningRate) {
      updates += 1
      const { next, metrics } = await runUpdate(compiled, {
        ...tensors,
        ...minibatch,
        ...stepScalars(updates, learningRate),
      })
      replace(next)
      return metrics
    },
    async save() {
      const [first, second, third] = await Promise.all(stateNames.map((name) => readFloats(tensors[name])))
      return { updates, parameters: first, firstMoment: second, secondMoment: third }
    },
    restore(state) {
      updates = state.updates
      replace({
        parameters: upload(state.parameters),
        firstMoment: upload(state.firstMoment),
        secondMoment: upload(state.secondMoment),
      })
    },
    dispose() {
      for (const name of stateNames) tensors[name].dispose()
      compiled.dispose()
    },
  }
}

async function runUpdate(
  compiled: Compiled,
  inputs: Parameters<Compiled['run']>[0],
): Promise<{ next: Tensors; metrics: Record<UpdateMetric, number> }> {
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
