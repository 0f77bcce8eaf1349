import {
  readFloats,
  withRank,
  type Engine,
  type EngineTensor,
  type TensorFunction,
  type TensorSpecs,
} from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import type { ParameterLayout } from '../networks/parameters.ts'
import { NotFiniteError } from '../not-finite.ts'
import { biasCorrections, clipGradient } from '../optimizers/adam.ts'
import { adamw, decayMask } from '../optimizers/adamw.ts'
import { createOptimizerMemory, type OptimizerState } from '../optimizers/optimizer-memory.ts'

/** A scalar to be minimised. arrays: from `split`; batch: the inputs of `inputs`. Pure. */
export type LanguageLoss = (arrays: readonly Tensor[], batch: Readonly<Record<string, Tensor>>) => Scalar

export type LanguageTraining = {
  readonly layout: ParameterLayout
  readonly loss: LanguageLoss
  /** Of one batch. */
  readonly inputs: TensorSpecs
  readonly weightDecay: number
}

type Batch = Readonly<Record<string, EngineTensor | Float32Array | Int32Array>>

/** Minimises one loss by AdamW. */
export type LanguageOptimizer = {
  /** Flat [P]; replaced by every update. */
  parameters(): EngineTensor
  /** Returns the loss before the update. @throws NotFiniteError */
  update(batch: Batch, learningRate: number): Promise<number>
  save(): Promise<OptimizerState>
  restore(state: OptimizerState): void
  dispose(): void
}

const maxGradientNorm = 1

export async function createLanguageOptimizer(
  engine: Engine,
  training: LanguageTraining,
  parameters: Float32Array,
): Promise<LanguageOptimizer> {
  const compiled = await engine.compile(createLanguageUpdate(training), languageUpdateSpecs(training))
  const memory = createOptimizerMemory(engine, parameters)
  return {
    parameters: () => memory.tensors().parameters,
    async update(batch, learningRate) {
      const update = memory.nextUpdate()
      const { first, second } = biasCorrections(update)
      const step = Float32Array.of(learningRate, first, second)
      const { loss, ...next } = await compiled.run({ ...memory.tensors(), ...batch, step })
      const { parameters: moved, firstMoment, secondMoment } = next
      memory.advance({ parameters: moved, firstMoment, secondMoment })
      const [value] = await readFloats(loss)
      loss.dispose()
      if (!Number.isFinite(value)) throw new NotFiniteError('The loss', update, 'updates')
      return value
    },
    save: memory.save,
    restore: memory.restore,
    dispose() {
      memory.dispose()
      compiled.dispose()
    },
  }
}

/**
 * One update: loss, gradient, clipping by global norm, AdamW. Pure. Inputs: AdamState, `step` [3] (learning rate and
 * both bias corrections) and the batch; outputs: AdamState and `loss`.
 */
export function createLanguageUpdate({ layout, loss, weightDecay }: LanguageTraining): TensorFunction {
  const mask = decayMask(layout)
  return ({ parameters, firstMoment, secondMoment, step, ...batch }) => {
    const flat = withRank(parameters, 1)
    const { value, grads } = tf.valueAndGrads((...arrays: Tensor[]) => loss(arrays, batch))(layout.split(flat))
    const raw = tf.concat1d(grads.map((array) => tf.reshape(array, [-1])))
    const { gradient } = clipGradient(raw, maxGradientNorm)
    const [learningRate, firstCorrection, secondCorrection] = tf.unstack(step).map((each) => withRank(each, 0))
    const state = {
      parameters: flat,
      firstMoment: withRank(firstMoment, 1),
      secondMoment: withRank(secondMoment, 1),
    }
    const decay = { rate: weightDecay, mask: tf.tensor1d(mask) }
    return { loss: value, ...adamw(state, gradient, { learningRate, firstCorrection, secondCorrection, ...decay }) }
  }
}

export function languageUpdateSpecs({ layout, inputs }: LanguageTraining): TensorSpecs {
  const vector = { shape: [layout.size], type: 'float32' } as const
  const step = { shape: [3], type: 'float32' } as const
  return { parameters: vector, firstMoment: vector, secondMoment: vector, step, ...inputs }
}
